import { expect, it } from 'vitest';
import { executeBatch } from '../../src/execute/execute-batch.ts';
import type { RunContext } from '../../src/execute/run-attempt.ts';
import { StopRequest } from '../../src/execute/stop-request.ts';
import type { RunResult } from '../../src/model.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import type { JsonObject, Notebook } from '../../src/notebook/types.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type CellScript, FakeKernels } from '../fakes/fake-kernels.ts';
import { aRun } from '../fakes/runs.ts';

/** Markdown, then the cells, as `source` or `tag: source`, then markdown. */
function textOf(sources: readonly string[]): string {
  const cells = ['# Title', ...sources, 'The end'].map((source, index) => ({
    cell_type: index === 0 || index > sources.length ? 'markdown' : 'code',
    id: `cell-${index}`,
    metadata: /^\w+-\w+: /.test(source) ? { tags: [source.split(':')[0]] } : {},
    source,
    ...(index === 0 || index > sources.length ? {} : { outputs: [], execution_count: null }),
  }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
}

const script: CellScript = (cell) => {
  if (cell.code.endsWith('raise')) cell.raise('ValueError', 'no');
  else if (cell.code.endsWith('exit')) cell.raise('SystemExit', '0');
  else if (cell.code === 'die') {
    cell.event({
      kind: 'died',
      exit: { exitCode: 1, signal: undefined, outOfMemory: false, stderr: '' },
    });
  } else if (cell.code !== 'hang') cell.finish();
};

interface Executed {
  readonly result: RunResult | undefined;
  /** Saved at the start, and in the end. */
  readonly saved: readonly Notebook[];
  readonly stopOnError: readonly boolean[];
}

async function execute(
  sources: readonly string[],
  options: {
    during?: (parts: { clock: FakeClock; controller: AbortController }) => void;
    parameters?: boolean;
    allowErrors?: boolean;
  } = {},
): Promise<Executed> {
  const saved: Notebook[] = [];
  const clock = new FakeClock();
  const controller = new AbortController();
  const kernels = new FakeKernels(script);
  const stopOnError: boolean[] = [];
  const context: RunContext = {
    kernels: {
      async open(run) {
        const session = await kernels.open(run);
        const send = session.execute.bind(session);
        session.execute = (request) => {
          stopOnError.push(request.stopOnError);
          return send(request);
        };
        return session;
      },
    },
    files: {
      read: () => Promise.resolve(textOf(sources)),
      backUp: () => Promise.resolve(),
      save: (_, notebook) => Promise.resolve(void saved.push(JSON.parse(notebookText(notebook)) as Notebook)),
      isAsWritten: () => Promise.resolve(true),
    },
    clock,
    progress: () => undefined,
    signal: controller.signal,
    backup: false,
    version: 'parallel-notebooks/1.2.3',
    workingDirectory: '/project',
    outputLimits: {},
  };
  const injectedSource = options.parameters === true ? '# Parameters\nalpha = 1.0\n' : undefined;
  const run = aRun({
    cellTimeoutMs: 60_000,
    allowErrors: options.allowErrors ?? false,
    parameters: new Map([['alpha', 1]]),
    injectedSource,
  });
  const executing = executeBatch({ runs: [run], warnings: [] }, context, { parallel: 1, failFast: false });
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  options.during?.({ clock, controller });
  return { result: (await executing).results[0], saved, stopOnError };
}

function statuses(notebook: Notebook | undefined): unknown[] {
  const source = notebook?.cells.filter(({ id }) => id?.startsWith('cell-') === true) ?? [];
  return source.map(({ metadata }) => (metadata['papermill'] as JsonObject)['status']);
}

function exceptionOf(notebook: Notebook | undefined): unknown {
  return (notebook?.metadata['papermill'] as JsonObject)['exception'];
}

it('writes every cell as pending before anything runs, and as completed when all have', async () => {
  const { saved } = await execute(['x', ' ', 'skip-execution: x']);
  expect(statuses(saved[0])).toEqual(['pending', 'pending', 'pending', 'pending', 'pending']);
  expect(statuses(saved.at(-1))).toEqual(Array(5).fill('completed'));
  expect(exceptionOf(saved.at(-1))).toBe(null);
});

it.each([
  { what: 'raises', cell: 'raise', during: () => undefined },
  { what: 'kills its kernel', cell: 'die', during: () => undefined },
  {
    what: 'takes too long',
    cell: 'hang',
    during: ({ clock }: { clock: FakeClock }) => clock.advance(70_000),
  },
  {
    what: 'is cancelled',
    cell: 'hang',
    during: ({ clock, controller }: { clock: FakeClock; controller: AbortController }) => {
      controller.abort(new StopRequest({ kind: 'cancelled' }));
      clock.advance(5_000);
    },
  },
])('says truthfully which cells ran when one of them $what', async ({ cell, during }) => {
  const { saved } = await execute(['x', cell, 'x'], { during });
  expect(statuses(saved.at(-1))).toEqual(['completed', 'completed', 'failed', 'pending', 'pending']);
  expect(exceptionOf(saved.at(-1))).toBe(true);
});

it('counts a cell that exits with 0 as completed, and the run with it', async () => {
  const { saved } = await execute(['exit', 'x']);
  expect(statuses(saved.at(-1))).toEqual(['completed', 'completed', 'pending', 'pending']);
  expect(exceptionOf(saved.at(-1))).toBe(null);
});

it('marks each failing cell when errors are allowed', async () => {
  const { saved } = await execute(['raise', 'x', 'raise'], { allowErrors: true });
  expect(statuses(saved.at(-1))).toEqual(['completed', 'failed', 'completed', 'failed', 'completed']);
});

it('goes on after a cell that is expected to raise, whatever it raises, and asks the kernel to', async () => {
  const { result, stopOnError } = await execute(['raises-exception: exit', 'raises-exception: raise', 'x']);
  expect(result).toMatchObject({ status: 'passed', cells: { executed: 3 } });
  expect(stopOnError).toEqual([false, false, true]);
});

it('notes the parameters that were injected, and paths that mean the same on every machine', async () => {
  const { saved } = await execute(['x'], { parameters: true });
  expect(saved.at(-1)?.metadata['papermill']).toMatchObject({
    parameters: { alpha: 1 },
    input_path: 'notebooks/explorer.ipynb',
    output_path: 'papermill_outputs/explorer/adult/explorer_adult.ipynb',
    version: 'parallel-notebooks/1.2.3',
  });
  const none = await execute(['x']);
  expect(none.saved.at(-1)?.metadata['papermill']).toMatchObject({ parameters: {} });
});

it('calls the output of a run complete that had nothing to execute', async () => {
  const { result, saved } = await execute([' ']);
  expect(result?.output).toEqual({ kind: 'complete' });
  expect(saved.at(-1)?.metadata).not.toHaveProperty('parallel_notebooks');
});
