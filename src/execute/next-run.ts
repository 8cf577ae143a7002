import type { Run } from '../model.ts';
import type { Foreknowledge } from './order-runs.ts';

/**
 * The first waiting run whose memory fits beside what runs; what is not known to need any fits always. A run alone is
 * started whatever it needs: nothing would become better by waiting.
 */
export function nextRun(
  waiting: Iterable<Run>,
  options: {
    readonly running: Iterable<Run>;
    readonly earlier: Foreknowledge['earlier'];
    /** For all runs together; undefined = nobody knows. */
    readonly memoryBytes: number | undefined;
  },
): Run | undefined {
  const { earlier, memoryBytes = Infinity } = options;
  const needed = (run: Run): number => earlier.get(run.name)?.peakMemoryBytes ?? 0;
  const running = [...options.running];
  const left = running.reduce((bytes, run) => bytes - needed(run), memoryBytes);
  for (const run of waiting) if (running.length === 0 || needed(run) <= Math.max(0, left)) return run;
  return undefined;
}
