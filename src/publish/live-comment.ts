import { ApiError, type Clock } from './ports.ts';

/** A comment that is written anew while something goes on. Nothing of it is ever told: who ends it says what matters. */
export interface LiveComment {
  /** There is something new to say. */
  changed(): void;
  /** Says nothing more; resolves when no request is under way. */
  end(): Promise<void>;
}

const SHORTEST_PAUSE_MS = 15_000;
/** All jobs of a repository share 1,000 requests an hour: who watches for hours is not in such a hurry. */
const LONGEST_PAUSE_MS = 60_000;
const SHARE_OF_TIME = 20;
const MOST_FAILURES = 3;

/**
 * Calls `write` when there is something new, at once for the first time and then every 15 s at most; every minute when it
 * has gone on for long. Ends by itself when `write` resolves with `final`, or when GitHub does not want it.
 */
export function liveComment(write: () => Promise<'again' | 'final'>, clock: Clock): LiveComment {
  const startedMs = clock.now();
  let isNew = false;
  let ended = false;
  let failures = 0;
  let underWay: Promise<void> | undefined;
  let cancelPause: (() => void) | undefined;

  const next = (): void => {
    cancelPause = undefined;
    if (isNew && !ended) underWay = writeOnce();
  };
  const writeOnce = async (): Promise<void> => {
    isNew = false;
    let pauseMs = Math.min(
      LONGEST_PAUSE_MS,
      Math.max(SHORTEST_PAUSE_MS, (clock.now() - startedMs) / SHARE_OF_TIME),
    );
    try {
      // end() may have been called meanwhile.
      if ((await write()) === 'final') ended = true;
      failures = 0;
    } catch (error) {
      isNew = true;
      failures += 1;
      ended ||= failures === MOST_FAILURES || !isPassing(error);
      if (error instanceof ApiError) pauseMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
    }
    underWay = undefined;
    if (!ended) cancelPause = clock.after(pauseMs, next);
  };
  return {
    changed: () => {
      isNew = true;
      if (underWay === undefined && cancelPause === undefined) next();
    },
    end: async () => {
      ended = true;
      cancelPause?.();
      await underWay;
    },
  };
}

/** Whether another attempt may go better. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.retryAfterMs !== undefined || error.status === undefined || error.status >= 500;
}
