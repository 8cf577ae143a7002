import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { startKernels } from '../../src/adapters/start-kernels.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { CellOutcome } from '../../src/execute/cell-state.ts';
import { LostMessages } from '../../src/execute/lost-messages.ts';
import { type BatchKernels, type KernelSession, KernelStartError } from '../../src/execute/ports.ts';
import { runCell } from '../../src/execute/run-cell.ts';
import type { Run } from '../../src/model.ts';
import type { KernelMessage } from '../../src/notebook/types.ts';
import { aRun } from '../fakes/runs.ts';

const scripts = join(import.meta.dirname, '../../python');
const never = new AbortController().signal;
let batchId = '';
let jupyter: BatchKernels;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kernels-test-'));
  jupyter = await startKernels({
    python: inject('python').executable,
    scripts,
    environment: { ...process.env, GITHUB_TOKEN: 'secret', INPUT_X: 'secret' },
    passEnv: [],
    cpus: 2,
    parallel: 2,
    signal: never,
    onStarting: (id) => (batchId = id),
  });
});

afterAll(async () => {
  await jupyter[Symbol.asyncDispose]();
  expect(leftoverProcesses(batchId)).toEqual([]);
});

function run(settings: Partial<Run['settings']> = {}): Run {
  const base = aRun();
  return { ...base, kernelName: 'python3', settings: { ...base.settings, cwd: directory, ...settings } };
}

interface Executed {
  readonly outcome: CellOutcome;
  readonly messages: KernelMessage[];
  readonly text: string;
  readonly lost: number | undefined;
}

async function execute(session: KernelSession, code: string, timeoutMs?: number): Promise<Executed> {
  const messages: KernelMessage[] = [];
  const lost = new LostMessages();
  const outcome = await runCell({
    session,
    clock: systemClock,
    code,
    stopOnError: true,
    timeoutMs,
    signal: never,
    onSent: () => lost.beginCell(),
    onMessage: (message) => {
      lost.note(message);
      messages.push(message);
    },
  });
  const streams = messages
    .filter(({ type }) => type === 'stream')
    .map(({ content }) => content['text'] as string);
  return { outcome, messages, text: streams.join(''), lost: lost.count };
}

describe('a kernel of the batch', () => {
  it('executes cells in its directory, with its own environment and nothing secret', async () => {
    const session = await jupyter.kernels.open(run({ env: new Map([['GREETING', 'hi there']]) }), never);
    const code = `import os
print(os.environ['GREETING'], os.getcwd(), os.environ['OMP_NUM_THREADS'])
print([name for name in os.environ if 'TOKEN' in name or name.startswith(('INPUT_', 'JUPYTER_'))])`;
    const { text } = await execute(session, code);
    expect(text).toBe(`hi there ${directory} 1\n[]\n`);
    session.close();
  });

  it('keeps its history in memory, as nbclient arranges it', async () => {
    const session = await jupyter.kernels.open(run(), never);
    const { text } = await execute(session, 'print(get_ipython().history_manager.hist_file)');
    expect(text).toBe(':memory:\n');
    session.close();
  });

  it('loses none of 60,000 messages in a burst', { timeout: 400_000 }, async () => {
    const session = await jupyter.kernels.open(run(), never);
    // Without IPython's formatters, which would give the socket time.
    const burst = [
      'kernel = get_ipython().kernel',
      'for number in range(60_000):',
      '    shown = {"data": {"text/plain": str(number)}, "metadata": {}}',
      '    kernel.send_response(kernel.iopub_socket, "display_data", shown)',
    ].join('\n');
    const { messages, lost, outcome } = await execute(session, burst);
    expect(outcome).toMatchObject({ kind: 'replied', idle: true });
    expect(messages.filter(({ type }) => type === 'display_data')).toHaveLength(60_000);
    expect(lost).toBe(0);
    session.close();
  });

  it('survives one message longer than a websocket usually takes', async () => {
    const session = await jupyter.kernels.open(run(), never);
    const { text, outcome } = await execute(session, 'print("x" * 120_000_000)');
    expect(outcome).toMatchObject({ kind: 'replied', idle: true });
    expect(text.length).toBe(120_000_001);
    session.close();
  });

  it('is told how it ended when it dies', async () => {
    const session = await jupyter.kernels.open(run(), never);
    const exited = await execute(session, 'import os; os._exit(3)');
    expect(exited.outcome).toEqual({
      kind: 'died',
      exit: { exitCode: 3, signal: undefined, outOfMemory: false, stderr: '' },
    });
    session.close();
    const other = await jupyter.kernels.open(run(), never);
    const segfault = await execute(other, 'import ctypes; ctypes.string_at(0)');
    expect(segfault.outcome).toMatchObject({ kind: 'died', exit: { signal: 'SIGSEGV' } });
    other.close();
  });

  it('is interrupted at the limit of a cell, and goes on', async () => {
    const session = await jupyter.kernels.open(run(), never);
    const { outcome } = await execute(session, 'import time; time.sleep(60)', 300);
    expect(outcome).toEqual({ kind: 'stopped', cause: { kind: 'timed-out', limit: 'cell', limitMs: 300 } });
    expect((await execute(session, 'print("alive")')).text).toBe('alive\n');
    session.close();
  });

  it('is killed when it ignores the interrupt', async () => {
    const session = await jupyter.kernels.open(run(), never);
    const deaf =
      'import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\ntime.sleep(60)';
    const { outcome } = await execute(session, deaf, 300);
    expect(outcome).toMatchObject({ kind: 'stopped' });
    session.close();
  });

  it('reports what its process used, also after it has died', async () => {
    const session = await jupyter.kernels.open(run(), never);
    await execute(session, 'x = bytearray(200_000_000)');
    expect(session.usage()?.peakMemoryBytes).toBeGreaterThan(200_000_000);
    session.close();
    const other = await jupyter.kernels.open(run(), never);
    // Long enough to be seen; nobody asks before it has died.
    await execute(other, 'import os, time\nx = bytearray(200_000_000)\ntime.sleep(3)\nos._exit(1)');
    expect(other.usage()?.peakMemoryBytes).toBeGreaterThan(200_000_000);
    other.close();
  });

  it('that is not installed does not start, and the message says why', async () => {
    const opening = jupyter.kernels.open({ ...run(), kernelName: 'cobol' }, never);
    await expect(opening).rejects.toThrow(KernelStartError);
    await expect(jupyter.kernels.open({ ...run(), kernelName: 'cobol' }, never)).rejects.toThrow(
      /"cobol" did not start.*No such kernel named cobol/,
    );
  });

  it('that does not answer in time is given up', async () => {
    const opening = jupyter.kernels.open(run({ startTimeoutMs: 1 }), never);
    await expect(opening).rejects.toThrow('did not answer within 0.001 s');
  });
});

it('ends what a notebook left running when the batch ends', async () => {
  let id = '';
  const own = await startKernels({
    python: inject('python').executable,
    scripts,
    environment: process.env,
    passEnv: [],
    cpus: 2,
    parallel: 1,
    signal: never,
    onStarting: (started) => (id = started),
  });
  const session = await own.kernels.open(run(), never);
  await execute(session, 'import subprocess; subprocess.Popen(["sleep", "600"], start_new_session=True)');
  // Popen returns while the new program takes over, and for that moment no environment can be read.
  await pollUntil({ deadlineMs: 10_000, everyMs: 20 }, () => leftoverProcesses(id).length > 2);
  session.close();
  await own[Symbol.asyncDispose]();
  expect(leftoverProcesses(id)).toEqual([]);
});

it('tells of a death between two cells when the next one is executed', async () => {
  const session = await jupyter.kernels.open(run(), never);
  const { text } = await execute(session, 'import os; print(os.getpid())');
  process.kill(Number(text), 'SIGKILL');
  await pollUntil({ deadlineMs: 10_000, everyMs: 50 }, () => !existsSync(`/proc/${text.trim()}/fd/0`));
  const after = await execute(session, 'print("in a fresh kernel?")');
  expect(after.outcome).toMatchObject({ kind: 'died', exit: { signal: 'SIGKILL' } });
  expect(after.text).toBe('');
  session.close();
});
