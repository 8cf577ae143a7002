import { describe, expect, it } from 'vitest';
import { executeBatch } from '../../src/execute/execute-batch.ts';
import type { EarlierRun } from '../../src/execute/order-runs.ts';
import { KernelStartError, type NotebookFiles } from '../../src/execute/ports.ts';
import type { RunContext } from '../../src/execute/run-attempt.ts';
import { StopRequest } from '../../src/execute/stop-request.ts';
import type { BatchEvent, BatchResult, Run, RunSettings } from '../../src/model.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type FakeCell, FakeKernels } from '../fakes/fake-kernels.ts';
import { aRun } from '../fakes/runs.ts';

/** Cells of a notebook that the fake kernel understands: what a cell says is what happens. */
const NOTEBOOK = (...sources: string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source, index) => ({
      cell_type: 'code',
      id: `cell-${index}`,
      metadata: source.startsWith('skip') ? { tags: ['skip-execution'] } : {},
      source,
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'of an earlier execution' }],
      execution_count: 9,
    })),
  });

function script(cell: FakeCell): void {
  if (cell.code.startsWith('print')) cell.emit('stream', { name: 'stdout', text: cell.code });
  if (cell.code.startsWith('raise')) cell.raise('ValueError', cell.code);
  else if (cell.code.startsWith('exit')) cell.raise('SystemExit', '0');
  else if (cell.code.startsWith('die')) {
    const exit = { exitCode: undefined, signal: 'SIGKILL', outOfMemory: false, stderr: 'last words' };
    cell.event({ kind: 'died', exit });
  } else if (!cell.code.startsWith('hang')) cell.finish();
}

interface Outcome {
  readonly batch: BatchResult;
  readonly saved: Map<string, string>;
  readonly events: BatchEvent[];
  readonly kernels: FakeKernels;
}

async function execute(
  notebooks: Record<string, string>,
  options: {
    parallel?: number;
    failFast?: boolean;
    earlier?: ReadonlyMap<string, EarlierRun>;
    memoryBytes?: number;
    settings?: Partial<RunSettings>;
    kernels?: FakeKernels;
    files?: Partial<NotebookFiles>;
    during?: (parts: { clock: FakeClock; controller: AbortController }) => void;
  } = {},
): Promise<Outcome> {
  const saved = new Map<string, string>();
  const events: BatchEvent[] = [];
  const clock = new FakeClock();
  const controller = new AbortController();
  const kernels = options.kernels ?? new FakeKernels(script);
  const files: NotebookFiles = {
    read: (path) => Promise.resolve(notebooks[path] ?? ''),
    backUp: () => Promise.resolve(),
    save: (path, notebook) => Promise.resolve(void saved.set(path, notebookText(notebook))),
    isAsWritten: () => Promise.resolve(true),
    ...options.files,
  };
  const context: RunContext = {
    kernels,
    files,
    clock,
    progress: (event) => events.push(event),
    signal: controller.signal,
    backup: false,
    outputLimits: {},
    version: 'parallel-notebooks/1.2.3',
    workingDirectory: '/project',
  };
  const runs = Object.keys(notebooks).map((name): Run => {
    const run = aRun({
      name,
      notebook: name,
      notebookPath: name,
      outputPath: `out/${name}`,
      injectedSource: undefined,
    });
    return { ...run, settings: { ...run.settings, ...options.settings } };
  });
  const { parallel = 2, failFast = false, earlier = new Map(), memoryBytes } = options;
  const executing = executeBatch({ runs, warnings: [] }, context, {
    parallel,
    failFast,
    earlier,
    memoryBytes,
  });
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  options.during?.({ clock, controller });
  return { batch: await executing, saved, events, kernels };
}

function statuses({ batch }: Outcome): string[] {
  return batch.results.map(({ run, status }) => `${run.name} ${status}`);
}

describe('executing a batch', () => {
  it('gives every run its own kernel, at most as many at once as asked for, and closes them all', async () => {
    const notebooks = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [name, NOTEBOOK('print(1)', 'x')]),
    );
    const outcome = await execute(notebooks, { parallel: 2 });
    expect(statuses(outcome)).toEqual(['a passed', 'b passed', 'c passed', 'd passed', 'e passed']);
    expect(outcome.kernels.opened.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
    // Two that execute, and one that is started for the next run.
    expect(outcome.kernels.mostAtOnce).toBe(3);
    expect(outcome.kernels.sessions.every(({ closed }) => closed)).toBe(true);
  });

  it('starts the longest run first and one that needs too much memory alone; results are in plan order', async () => {
    const notebooks = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, NOTEBOOK('print(1)')]));
    const earlier = new Map(
      Object.entries({ a: 1, b: 9, c: 3, d: 2 }).map(([notebook, seconds]) => [
        notebook,
        { notebook, durationMs: seconds * 1000, peakMemoryBytes: seconds === 9 ? 7e9 : 2e9 },
      ]),
    );
    const outcome = await execute(notebooks, { earlier, memoryBytes: 8e9 });
    expect(statuses(outcome)).toEqual(['a passed', 'b passed', 'c passed', 'd passed']);
    const told = outcome.events.flatMap((event) =>
      event.kind === 'run-started'
        ? [`${event.run.name} starts`]
        : event.kind === 'run-finished'
          ? [`${event.result.run.name} ends`]
          : [],
    );
    expect(told.slice(0, 2)).toEqual(['b starts', 'b ends']);
    expect(told.slice(2, 4)).toEqual(['c starts', 'd starts']);
  });

  it('stops a run at its first failing cell, and goes on with the others', async () => {
    const outcome = await execute({
      bad: NOTEBOOK('print(1)', 'raise', 'print(2)'),
      good: NOTEBOOK('print(1)'),
    });
    expect(statuses(outcome)).toEqual(['bad failed', 'good passed']);
    expect(outcome.batch.results[0]).toMatchObject({
      cells: { total: 3, executed: 2 },
      error: { ename: 'ValueError', evalue: 'raise', cellIndex: 1, executionCount: 2, file: 'bad' },
    });
    expect(outcome.kernels.sessions[0]?.codes).toEqual(['print(1)', 'raise']);
  });

  it('goes on after a failing cell with allow-errors, and still fails', async () => {
    const outcome = await execute(
      { a: NOTEBOOK('raise 1', 'print(2)', 'raise 3') },
      { settings: { allowErrors: true } },
    );
    expect(outcome.kernels.sessions[0]?.codes).toEqual(['raise 1', 'print(2)', 'raise 3']);
    expect(outcome.batch.results[0]).toMatchObject({ status: 'failed', error: { evalue: 'raise 1' } });
  });

  it('passes a notebook that exits with status 0, without its later cells', async () => {
    const outcome = await execute({ a: NOTEBOOK('exit', 'raise') });
    expect(statuses(outcome)).toEqual(['a passed']);
    expect(outcome.kernels.sessions[0]?.codes).toEqual(['exit']);
  });

  it('executes neither blank cells nor those tagged to be skipped', async () => {
    const outcome = await execute({ a: NOTEBOOK(' ', 'skip this', 'print(1)') });
    expect(outcome.kernels.sessions[0]?.codes).toEqual(['print(1)']);
    expect(outcome.batch.results[0]?.cells).toEqual({ total: 1, executed: 1 });
  });

  it('leaves a notebook with what ran, and nothing of an earlier execution', async () => {
    const { saved } = await execute({ a: NOTEBOOK('print(1)', 'die', 'print(2)') });
    const notebook = JSON.parse(saved.get('out/a') ?? '') as {
      cells: { source: string[]; outputs?: unknown[] }[];
    };
    const outputs = notebook.cells
      .filter(({ outputs }) => outputs !== undefined)
      .map(({ outputs }) => outputs);
    expect(outputs).toEqual([
      [{ name: 'stdout', output_type: 'stream', text: ['print(1)'] }],
      [
        {
          ename: 'KernelDied',
          evalue:
            "The kernel's process ended by SIGKILL during this cell. Output of its last moments may be missing.",
          output_type: 'error',
          traceback: ['last words'],
        },
      ],
      [],
    ]);
  });

  it('starts a kernel again when its first start fails for a passing reason', async () => {
    const kernels = new FakeKernels(script, (_, attempt) => {
      if (attempt < 3) throw new KernelStartError('port taken', { again: true });
    });
    const outcome = await execute({ a: NOTEBOOK('print(1)') }, { kernels });
    expect(statuses(outcome)).toEqual(['a passed']);
    expect(kernels.opened).toHaveLength(3);
  });

  it('says so when a kernel does not start, and leaves the unrun notebook', async () => {
    const kernels = new FakeKernels(script, () => {
      throw new KernelStartError('it is not there', { again: false });
    });
    const outcome = await execute({ a: NOTEBOOK('print(1)') }, { kernels });
    expect(outcome.batch.results[0]).toMatchObject({
      status: 'kernel-start-failed',
      error: { ename: 'KernelStartError', evalue: 'it is not there' },
    });
    expect(outcome.saved.get('out/a')).not.toContain('earlier execution');
  });

  it('tries a failed run again as often as asked, on a fresh kernel', async () => {
    let attempts = 0;
    const kernels = new FakeKernels((cell) => {
      attempts += 1;
      if (attempts < 3) cell.raise('ValueError', 'not yet');
      else cell.finish();
    });
    const outcome = await execute({ a: NOTEBOOK('x') }, { kernels, settings: { retries: 5 } });
    expect(outcome.batch.results[0]).toMatchObject({ status: 'passed', attempts: 3, error: undefined });
    expect(kernels.opened).toHaveLength(3);
    expect(outcome.events.filter(({ kind }) => kind === 'notice')).toHaveLength(2);
  });

  it('starts no more runs after a failure with fail-fast', async () => {
    const notebooks = { a: NOTEBOOK('raise'), b: NOTEBOOK('print(1)'), c: NOTEBOOK('print(1)') };
    const outcome = await execute(notebooks, { parallel: 1, failFast: true });
    expect(statuses(outcome)).toEqual(['a failed', 'b skipped', 'c skipped']);
  });

  it('ends what runs and starts nothing more when it is cancelled', async () => {
    const kernels = new FakeKernels(script);
    const outcome = await execute(
      { a: NOTEBOOK('print(1)', 'hang'), b: NOTEBOOK('print(1)') },
      {
        parallel: 1,
        kernels,
        during: ({ controller, clock }) => {
          controller.abort(new StopRequest({ kind: 'cancelled' }));
          clock.advance(5_000);
        },
      },
    );
    expect(statuses(outcome)).toEqual(['a cancelled', 'b cancelled']);
    expect(outcome.saved.get('out/a')).toContain('print(1)');
    expect(outcome.batch.results.map(({ attempts }) => attempts)).toEqual([1, 0]);
  });

  it('ends a run at its own limit', async () => {
    const outcome = await execute(
      { a: NOTEBOOK('hang') },
      { settings: { timeoutMs: 60_000 }, during: ({ clock }) => clock.advance(65_000) },
    );
    expect(outcome.batch.results[0]).toMatchObject({
      status: 'timed-out',
      error: { ename: 'RunTimeoutError', evalue: 'The run took longer than its limit of 60 s.' },
    });
  });

  it('does not call a run passed whose notebook could not be written', async () => {
    let saves = 0;
    const outcome = await execute(
      { a: NOTEBOOK('print(1)') },
      {
        files: {
          save: () =>
            saves++ === 0 ? Promise.resolve() : Promise.reject(new Error('ENOSPC: no space left')),
        },
      },
    );
    expect(outcome.batch.results[0]).toMatchObject({
      status: 'infra-error',
      error: { evalue: 'The executed notebook could not be written: ENOSPC: no space left' },
    });
  });

  it('does not call a run passed whose notebook somebody else has written over', async () => {
    const outcome = await execute(
      { a: NOTEBOOK('print(1)'), b: NOTEBOOK('print(1)') },
      { files: { isAsWritten: (path) => Promise.resolve(path !== 'out/a') } },
    );
    expect(outcome.batch.results).toMatchObject([
      { status: 'failed', error: { ename: 'OutputChanged' } },
      { status: 'passed' },
    ]);
  });

  it('reports a notebook that has become unreadable since it was planned', async () => {
    const outcome = await execute({ a: 'not json', b: NOTEBOOK('print(1)') });
    expect(statuses(outcome)).toEqual(['a invalid-notebook', 'b passed']);
  });
});
