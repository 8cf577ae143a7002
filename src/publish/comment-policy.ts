import type { PublishRequest } from '../model.ts';
import type { WorkflowEvent } from './workflow-event.ts';

export interface CommentPolicy {
  /** Whether to look for a pull request, and for our comment on it. */
  readonly look: boolean;
  /** Whether to make a comment where none is yet. */
  readonly create: boolean;
  /** Whether it was asked for in so many words, so that not being able to is worth a warning. */
  readonly insist: boolean;
}

/** What the input `comment` means for this event and this outcome. */
export function commentPolicy(
  comment: PublishRequest['comment'],
  { event, failed }: { event: WorkflowEvent; failed: boolean },
): CommentPolicy {
  switch (comment) {
    case 'never':
      return { look: false, create: false, insist: false };
    case 'auto':
      return { look: event.pullRequest !== undefined || event.name === 'push', create: true, insist: false };
    case 'always':
      return { look: true, create: true, insist: true };
    // Once there is one, it must not go on telling of a failure that is over.
    case 'on-failure':
      return { look: true, create: failed, insist: failed };
  }
}
