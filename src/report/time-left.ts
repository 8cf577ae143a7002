import { formatStopwatch } from './format-duration.ts';

/** A run in flight: milliseconds since its start, and the share of its cells that are done, 0–1. */
export interface Flight {
  readonly elapsedMs: number;
  readonly share: number;
}

export interface Remaining {
  readonly flights: readonly Flight[];
  /** Runs that have not started. */
  readonly waiting: number;
  readonly parallel: number;
  /** Of the runs that were executed to their end. */
  readonly meanDurationMs: number;
}

/** Milliseconds until the batch will probably be over. */
export function remainingMs({ flights, waiting, parallel, meanDurationMs }: Remaining): number {
  const each = flights.map((flight) => flightRemainingMs(flight, meanDurationMs));
  const work = each.reduce((sum, ms) => sum + ms, 0) + waiting * meanDurationMs;
  const hands = Math.max(1, Math.min(parallel, flights.length + waiting));
  return Math.max(work / hands, ...each);
}

/** Two guesses, from the mean and from the run's own pace; the second counts as much as there is of it. */
function flightRemainingMs({ elapsedMs, share }: Flight, meanDurationMs: number): number {
  const byMean = Math.max(0, meanDurationMs - elapsedMs);
  if (share <= 0) return byMean;
  const byPace = (elapsedMs / share) * (1 - share);
  return share * byPace + (1 - share) * byMean;
}

/** `about 0:30 left`, as coarse as the guess is: steps of 5 s, 15 s, 1 min. Undefined when it is about to end. */
export function timeLeftText(ms: number): string | undefined {
  const stepMs = ms < 60_000 ? 5_000 : ms < 600_000 ? 15_000 : 60_000;
  const rounded = Math.round(ms / stepMs) * stepMs;
  return rounded > 0 ? `about ${formatStopwatch(rounded)} left` : undefined;
}
