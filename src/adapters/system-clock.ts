import type { Clock } from '../execute/ports.ts';

/** setTimeout takes at most 2³¹−1 ms (25 days) and would fire at once beyond it. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The machine's clocks: monotonic for durations, so that a step of the wall clock changes no deadline. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
