import { pause } from './pause.ts';
import { ApiError, type Clock } from './ports.ts';

/** All waiting for GitHub's API together: a job is paid by the minute, and the summary has everything. */
const MOST_WAITING_MS = 120_000;
/** Between attempts when GitHub does not say how long to wait. */
const PAUSES_MS = [1_000, 3_000, 9_000];

/** Were it told to come back at once, again and again, it would never end. */
const SHORTEST_PAUSE_MS = 1_000;

/** Asks again when GitHub says "later", or nothing at all. */
export interface PatientApi {
  /** The answer to a request that may be sent twice without harm; throws the last ApiError. */
  ask<T>(request: () => Promise<T>): Promise<T>;
  /** Waits as the error asks to; false when no further attempt is due: it would not help, or the patience is used up. */
  wait(error: unknown, attempt: number): Promise<boolean>;
}

/** Waits at most two minutes in all, however many requests there are. */
export function patientApi(context: { readonly clock: Clock; readonly signal: AbortSignal }): PatientApi {
  let leftMs = MOST_WAITING_MS;
  const wait: PatientApi['wait'] = async (error, attempt) => {
    const delayMs = delayBefore(error, attempt);
    if (delayMs === undefined || delayMs > leftMs) return false;
    leftMs -= delayMs;
    await pause(delayMs, context);
    return !context.signal.aborted;
  };
  return {
    wait,
    async ask(request) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await request();
        } catch (error) {
          if (!(await wait(error, attempt))) throw error;
        }
      }
    },
  };
}

/** undefined = another attempt would end the same way. */
function delayBefore(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.retryAfterMs !== undefined) return Math.max(error.retryAfterMs, SHORTEST_PAUSE_MS);
  const forTheMoment = error.status === undefined || error.status >= 500 || error.status === 429;
  return forTheMoment ? PAUSES_MS[attempt] : undefined;
}
