/** results.json of a batch that began at 03:04:05 and took 10 ms: of each run what this test cares about. */
export function writtenResults(runs: readonly object[] = [{}]): object {
  return {
    version: 1,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 10,
    commit: null,
    totals: { total: runs.length, passed: runs.length, failed: 0, skipped: 0 },
    runs: runs.map((changes) => ({ ...RUN, ...changes })),
  };
}

const RUN = {
  name: 'bank',
  notebook: 'n.ipynb',
  outputLabel: 'bank',
  outputPath: 'out/n.ipynb',
  parameters: {},
  kernel: 'python3',
  status: 'passed',
  output: { kind: 'complete' },
  attempts: 1,
  startedAt: '2026-01-02T03:04:05.000Z',
  durationMs: 10,
  queueMs: 0,
  peakMemoryBytes: null,
  cpuMs: null,
  cells: { total: 1, executed: 1 },
  error: null,
};
