import { readFile } from 'node:fs/promises';
import type { EarlierRun } from '../execute/order-runs.ts';
import { parseResults } from '../publish/parse-results.ts';

/** What the batch before has left in its results.json, by the runs' names; nothing when there is none that can be read. */
export async function earlierRuns(path: string): Promise<ReadonlyMap<string, EarlierRun>> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return new Map();
  const parsed = parseResults(text, { pathOf: (outputPath) => outputPath });
  if (parsed.kind === 'invalid') return new Map();
  const executed = parsed.batch.results.filter(({ startedAt }) => startedAt !== undefined);
  return new Map(
    executed.map(({ run, durationMs, peakMemoryBytes }) => [
      run.name,
      { notebook: run.notebook, durationMs, peakMemoryBytes },
    ]),
  );
}
