import type { BatchEvent, RunResult } from '../model.ts';
import { EMPTY_VIEW, foldEvent, type LiveView } from './live-view.ts';
import { withShortError } from './short-error.ts';
import { STATUS_WORDS } from './status-words.ts';

/** What is known of a batch while it runs, as far as a comment tells it. */
export interface LiveBatch {
  readonly view: LiveView;
  /** The first runs that did not pass, as they ended. */
  readonly failures: readonly RunResult[];
}

export const EMPTY_LIVE_BATCH: LiveBatch = { view: EMPTY_VIEW, failures: [] };

/** More are read in the report, once it is there. */
const MOST_FAILURES = 20;

/** The batch after one more event; `nowMs` is monotonic. */
export function foldLiveBatch({ view, failures }: LiveBatch, event: BatchEvent, nowMs: number): LiveBatch {
  const failed = event.kind === 'run-finished' && STATUS_WORDS[event.result.status].counts === 'failed';
  return {
    view: foldEvent(view, event, nowMs),
    failures:
      failed && failures.length < MOST_FAILURES ? [...failures, withShortError(event.result)] : failures,
  };
}
