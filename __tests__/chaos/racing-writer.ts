/**
 * A process that writes the comment of a pull request when it is told to, as an action does after a batch: each message is a
 * race; the answer is how it ended.
 */
import { openGitHubApi } from '../../src/adapters/github-api.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { patientApi } from '../../src/publish/patient-api.ts';
import { postComment } from '../../src/publish/sticky-comment.ts';
import { commentMarker, commentWriter, isOwnComment } from '../../src/report/comment-marker.ts';

export interface Race {
  readonly pullRequest: number;
  /** Number of the workflow's run. */
  readonly number: number;
  readonly delayMs: number;
}

const KEY = 'race';
const { signal } = new AbortController();
const api = await openGitHubApi({
  token: 'ghs_workflow',
  repository: { owner: 'octo', name: 'notebooks' },
  signal,
});

process.on('message', ({ pullRequest, number, delayMs }: Race) => {
  const writer = { number, attempt: 1 };
  const body = `${commentMarker(KEY, writer)}\nrun ${number}`;
  const sticky = {
    ...{ pullRequest, body, writer, create: true, author: 'github-actions[bot]' },
    shortBody: () => body,
    isOwn: (text: string) => isOwnComment(text, KEY),
    writerOf: commentWriter,
  };
  const context = { comments: api.comments, api: patientApi({ clock: systemClock, signal }) };
  setTimeout(() => {
    postComment(sticky, context).then(
      ({ kind }) => process.send?.(kind),
      (error: unknown) => process.send?.(String(error)),
    );
  }, delayMs);
});
process.send?.('ready');
