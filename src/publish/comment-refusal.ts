import { messageOf } from '../errors.ts';
import { ApiError } from './ports.ts';

/** Why there is no comment. A problem is a warning and may fail the job; a notice is how things are. */
export interface CommentRefusal {
  readonly level: 'notice' | 'problem';
  readonly text: string;
}

const INSTEAD = 'The job summary has everything that it would have said.';
const FORKS =
  'GitHub gives runs of a fork, and of Dependabot, a token that may only read; a second workflow can comment for them (docs/github.md, "Forks").';

/** What to tell about an API that did not take our comment. */
export function commentRefusal(
  error: unknown,
  { restricted, insist }: { readonly restricted: boolean; readonly insist: boolean },
): CommentRefusal {
  if (!(error instanceof ApiError)) return problem(messageOf(error));
  const { status, retryAfterMs, message } = error;
  if (retryAfterMs !== undefined) {
    return problem(`GitHub's API asks to wait ${Math.ceil(retryAfterMs / 1_000)} s, which is too long here`);
  }
  switch (status ?? 0) {
    case 401:
    case 403:
    case 404:
      if (restricted) return { level: 'notice', text: `No comment. ${FORKS} ${INSTEAD}` };
      if (/locked/i.test(message)) return notice('the conversation of the pull request is locked');
      return {
        level: insist ? 'problem' : 'notice',
        text:
          `No comment: the token may not write it (${status}). Give the job "permissions: pull-requests: write", ` +
          `or set comment: never. ${INSTEAD}`,
      };
    case 410:
      return notice('the pull request takes none any more');
    default:
      return problem(status === undefined ? `GitHub's API cannot be reached: ${message}` : message);
  }
}

function notice(reason: string): CommentRefusal {
  return { level: 'notice', text: `No comment: ${reason}. ${INSTEAD}` };
}

function problem(reason: string): CommentRefusal {
  return { level: 'problem', text: `No comment: ${reason}. ${INSTEAD}` };
}
