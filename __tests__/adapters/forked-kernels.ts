import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Forking, startKernels } from '../../src/adapters/start-kernels.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { CellOutcome } from '../../src/execute/cell-state.ts';
import type { BatchKernels, KernelSession } from '../../src/execute/ports.ts';
import { runCell } from '../../src/execute/run-cell.ts';
import type { Run } from '../../src/model.ts';
import type { KernelMessage } from '../../src/notebook/types.ts';
import { aRun } from '../fakes/runs.ts';

const never = new AbortController().signal;

export function aDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'forked-kernels-')));
}

/** The kernels of a batch, and what was noted about their starts. */
export interface TestBatch extends AsyncDisposable {
  readonly batchId: string;
  readonly directory: string;
  readonly notes: readonly string[];
  open(run?: Partial<Run> & Partial<Run['settings']>): Promise<KernelSession>;
  /** Executes the cells in a kernel of their own, shuts it down, and resolves with all they printed. */
  text(cells: string | readonly string[], run?: Parameters<TestBatch['open']>[0]): Promise<string>;
}

export interface TestBatchOptions {
  /** Undefined: kernels are launched. */
  readonly imports?: readonly string[] | undefined;
  readonly directory?: string;
  /** Where the template is, if not in the directory of the kernels. */
  readonly templateDirectory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Threads of numerical libraries in each kernel. */
  readonly threads?: number;
}

export async function aBatch(options: TestBatchOptions): Promise<TestBatch> {
  const { imports, directory = aDirectory(), threads = 1 } = options;
  const notes: string[] = [];
  const forking: Forking | undefined = imports && {
    cwd: options.templateDirectory ?? directory,
    imports,
    onNote: (_, note) => notes.push(note),
  };
  let batchId = '';
  const jupyter: BatchKernels = await startKernels({
    python: inject('python').executable,
    scripts: join(import.meta.dirname, '../../python'),
    environment: { ...process.env, ...options.environment },
    passEnv: [],
    cpus: threads,
    parallel: 1,
    forking,
    signal: never,
    onStarting: (id) => (batchId = id),
  });
  const open: TestBatch['open'] = async (run = {}) =>
    await jupyter.kernels.open(aRun({ kernelName: 'python3', cwd: directory, ...run }), never);
  return {
    batchId,
    directory,
    notes,
    open,
    async text(cells, run) {
      const session = await open(run);
      let text = '';
      for (const code of [cells].flat()) text += (await execute(session, code)).text;
      session.close();
      return text;
    },
    [Symbol.asyncDispose]: () => jupyter[Symbol.asyncDispose](),
  };
}

export interface Executed {
  readonly outcome: CellOutcome;
  /** What it printed, and its error's name and message. */
  readonly text: string;
  /** The bundles that it displayed. */
  readonly displayed: readonly object[];
}

export async function execute(session: KernelSession, code: string, timeoutMs?: number): Promise<Executed> {
  const messages: KernelMessage[] = [];
  const outcome = await runCell({
    session,
    clock: systemClock,
    code,
    stopOnError: true,
    timeoutMs,
    signal: never,
    onSent: () => undefined,
    onMessage: (message) => messages.push(message),
  });
  const texts = messages.map(({ type, content }) => {
    if (type === 'stream') return content['text'] as string;
    return type === 'error' ? `${content['ename'] as string}: ${content['evalue'] as string}\n` : '';
  });
  const displayed = messages
    .filter(({ type }) => type === 'display_data' || type === 'execute_result')
    .map(({ content }) => content['data'] as object);
  return { outcome, text: texts.join(''), displayed };
}

/** Whether it was forked, as the kernel itself can tell. */
export const IS_FORKED = `print('fork_template' in open('/proc/self/cmdline').read())`;
