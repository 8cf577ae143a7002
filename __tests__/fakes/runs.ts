/** Whole, valid nouns, plus what a test cares about. */
import type { BatchResult, Plan, Run, RunError, RunResult, RunSettings } from '../../src/model.ts';

export function someSettings(overrides: Partial<RunSettings> = {}): RunSettings {
  return {
    kernel: undefined,
    cwd: '/project/notebooks',
    env: new Map(),
    cellTimeoutMs: undefined,
    timeoutMs: undefined,
    startTimeoutMs: 60_000,
    retries: 0,
    allowErrors: false,
    tags: [],
    preload: 'auto',
    ...overrides,
  };
}

/** A run of the project in `/project`; what is about its settings may stand beside the rest: `aRun({ retries: 1 })`. */
export function aRun(overrides: Partial<Run> & Partial<RunSettings> = {}): Run {
  const { name = 'adult' } = overrides;
  const { kernel, cwd, env, cellTimeoutMs, timeoutMs, startTimeoutMs, memoryLimitBytes, ...others } =
    overrides;
  const { retries, allowErrors, tags, preload, ...run } = others;
  const times = { cellTimeoutMs, timeoutMs, startTimeoutMs };
  const settings = { kernel, cwd, env, ...times, memoryLimitBytes, retries, allowErrors, tags, preload };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return {
    name,
    notebook: 'notebooks/explorer.ipynb',
    notebookPath: '/project/notebooks/explorer.ipynb',
    outputLabel: name,
    outputPath: `/project/papermill_outputs/explorer/${name}/explorer_${name}.ipynb`,
    parameters: new Map([['data_url', `data/${name}.csv`]]),
    varies: [],
    kernelName: 'python3',
    injectedSource: `# Parameters\ndata_url = "data/${name}.csv"\n`,
    settings: someSettings(given),
    ...run,
  };
}

/** A run that passed in 3.2 s; what is about its run may be given as `run: aRun(…)` or just `name`. */
export function aResult(overrides: Partial<RunResult> & { readonly name?: string } = {}): RunResult {
  const { name, ...result } = overrides;
  return {
    run: name === undefined ? aRun() : aRun({ name }),
    status: 'passed',
    output: { kind: 'complete' },
    attempts: 1,
    startedAt: new Date('2026-01-02T03:04:05.678Z'),
    durationMs: 3_200,
    queueMs: 12,
    peakMemoryBytes: 104_857_600,
    cpuMs: 2_900,
    cells: { total: 11, executed: 11 },
    error: undefined,
    warnings: [],
    ...result,
  };
}

/** A ZeroDivisionError in the fifth cell, as ipykernel tells it. */
export function anError(overrides: Partial<RunError> = {}): RunError {
  return {
    ename: 'ZeroDivisionError',
    evalue: 'division by zero',
    traceback: [
      '---------------------------------------------------------------------------',
      'ZeroDivisionError                         Traceback (most recent call last)',
      'Cell In[4], line 2',
      '      1 count = 0',
      '----> 2 mean = total / count',
      '',
      'ZeroDivisionError: division by zero',
    ].join('\n'),
    cellIndex: 4,
    executionCount: 4,
    file: 'notebooks/explorer.ipynb',
    line: 87,
    ...overrides,
  };
}

/** A run that failed in 3.2 s with `anError`. */
export function aFailure(overrides: Parameters<typeof aResult>[0] = {}): RunResult {
  return aResult({
    name: 'bank',
    status: 'failed',
    cells: { total: 11, executed: 4 },
    error: anError(),
    ...overrides,
  });
}

export function aPlan(runs: readonly Run[] = [aRun()], warnings: readonly string[] = []): Plan {
  return { runs, warnings };
}

/** A batch that took 5 s. */
export function aBatch(
  results: readonly RunResult[] = [aResult()],
  overrides: Partial<BatchResult> = {},
): BatchResult {
  return { startedAt: new Date('2026-01-02T03:04:05.678Z'), durationMs: 5_000, results, ...overrides };
}
