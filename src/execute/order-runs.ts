import type { Run } from '../model.ts';

/** What an earlier batch has seen of a run. */
export interface EarlierRun {
  readonly notebook: string;
  readonly durationMs: number;
  readonly peakMemoryBytes: number | undefined;
}

/** What is known about runs before they are executed. */
export interface Foreknowledge {
  /** By the run's name. */
  readonly earlier: ReadonlyMap<string, EarlierRun>;
  /** Characters of code, by the notebook's absolute path. */
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * The order in which runs are started: a long one that starts last would leave all CPUs but one without work. First
 * those of which nothing is known, for they may be long, the largest notebook first; then the others, longest first.
 * A run that is new takes as long as others of its notebook did. What is equal stays in the order of the plan, and so
 * does everything when no order is faster than another.
 */
export function orderRuns(
  runs: readonly Run[],
  { earlier, sizes, parallel }: Foreknowledge & { readonly parallel: number },
): Run[] {
  if (parallel === 1 || parallel >= runs.length) return [...runs];
  const ofNotebook = Map.groupBy(earlier.values(), ({ notebook }) => notebook);
  const expected = (run: Run): number => {
    const own = earlier.get(run.name);
    if (own?.notebook === run.notebook) return own.durationMs;
    const others = ofNotebook.get(run.notebook);
    if (others === undefined) return Infinity;
    return others.reduce((sum, { durationMs }) => sum + durationMs, 0) / others.length;
  };
  const keyed = runs.map((run) => ({ run, ms: expected(run), size: sizes.get(run.notebookPath) ?? 0 }));
  return keyed.sort((a, b) => (a.ms === b.ms ? b.size - a.size : b.ms - a.ms)).map(({ run }) => run);
}
