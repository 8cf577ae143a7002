import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeChaos, properly, startTestKernels, type Step, type TestKernels, textOf } from './chaos.ts';

let kernels: TestKernels;
beforeAll(async () => {
  kernels = await startTestKernels();
});
afterAll(async () => {
  await kernels.jupyter[Symbol.asyncDispose]();
});

const ok: Step = ['reply', { status: 'ok' }];
const error = { ename: 'Boom', evalue: 'it broke', traceback: ['one', 'two'] };
const then = properly(['stream', 'then\n']);

describe('reply and idle', () => {
  it.each([
    ['reply, idle', [ok, ['idle']]],
    ['idle, reply', [['idle'], ok]],
    ['reply, long nothing, idle', [ok, ['sleep', 4], ['idle']]],
    ['reply twice and idle twice', [ok, ok, ['idle'], ['idle']]],
    ['no busy before', [['status', 'idle'], ok]],
  ] as [string, Step[]][])('in the order "%s" end a cell', async (_, steps) => {
    const { result, cells } = await executeChaos(kernels, [[['busy'], ['stream', 'a\n'], ...steps], then]);
    expect(result).toMatchObject({ status: 'passed', output: { kind: 'complete' }, warnings: [] });
    expect(cells.map(textOf)).toEqual(['a\n', 'then\n']);
  });

  it('without idle, a cell ends after 10 s of silence, and the run says that output may be missing', async () => {
    const { result, cells, metadata } = await executeChaos(kernels, [
      [['busy'], ['stream', 'a\n'], ok],
      then,
    ]);
    expect(result).toMatchObject({ status: 'passed', output: { kind: 'unknown' } });
    expect(result.warnings).toEqual(['Cell 1: the kernel never said it was done, so output may be missing.']);
    expect(result.durationMs).toBeGreaterThanOrEqual(10_000);
    expect(cells.map(textOf)).toEqual(['a\n', 'then\n']);
    expect(metadata['parallel_notebooks']).toEqual({ output: { kind: 'unknown' } });
  });

  it('without reply, a cell that is idle ends after 10 s of silence as an infra-error', async () => {
    const { result, cells } = await executeChaos(kernels, [[['busy'], ['stream', 'a\n'], ['idle']], then]);
    expect(result).toMatchObject({
      status: 'infra-error',
      cells: { total: 2, executed: 0 },
      error: { ename: 'NoReply', cellIndex: 0 },
    });
    expect(cells[0]?.outputs).toMatchObject([
      { output_type: 'stream' },
      { output_type: 'error', ename: 'NoReply' },
    ]);
  });

  it('without both, a cell runs until its limit; the interrupt is answered and what came is kept', async () => {
    const { result, cells } = await executeChaos(
      kernels,
      [[['busy'], ['stream', 'a\n'], ['sleep', 600]], then],
      { cellTimeoutMs: 1_500 },
    );
    expect(result).toMatchObject({
      status: 'timed-out',
      error: { ename: 'CellTimeoutError', evalue: 'This cell took longer than its limit of 1.5 s.' },
    });
    expect(cells[0]?.outputs).toMatchObject([
      { output_type: 'stream', text: ['a\n'] },
      { output_type: 'error', ename: 'KeyboardInterrupt' },
      { output_type: 'error', ename: 'CellTimeoutError' },
    ]);
    expect(cells[1]?.outputs).toEqual([]);
  });

  it('without both from a kernel that ignores interrupts, it is killed 5 s after the limit', async () => {
    const { result, cells } = await executeChaos(
      kernels,
      [[['busy'], ['stream', 'a\n'], ['deaf'], ['sleep', 600]], then],
      { cellTimeoutMs: 1_000 },
    );
    expect(result).toMatchObject({ status: 'timed-out', error: { ename: 'CellTimeoutError' } });
    expect(result.durationMs).toBeGreaterThanOrEqual(6_000);
    expect(result.durationMs).toBeLessThan(30_000);
    expect(textOf(cells[0])).toBe('a\n');
  });
});

it('a kernel that does not notice a request is woken by another connection after 3 s', async () => {
  const { result, cells } = await executeChaos(kernels, [properly(['doze']), then, then], {
    cellTimeoutMs: 60_000,
  });
  expect(result).toMatchObject({ status: 'passed', output: { kind: 'complete' } });
  expect(cells.map(textOf)).toEqual(['', 'then\n', 'then\n']);
  expect(result.durationMs).toBeGreaterThanOrEqual(3_000);
  expect(result.durationMs).toBeLessThan(30_000);
});

describe('an error', () => {
  it('in the output alone fails the run', async () => {
    const { result, cells } = await executeChaos(kernels, [properly(['publish', 'error', error]), then]);
    expect(result).toMatchObject({
      status: 'failed',
      error: { ename: 'Boom', evalue: 'it broke', traceback: 'one\ntwo', cellIndex: 0 },
    });
    expect(cells.map(({ outputs }) => outputs)).toEqual([[{ output_type: 'error', ...error }], []]);
  });

  it('in the reply alone fails the run, and is put into the notebook', async () => {
    const steps: Step[] = [['busy'], ['reply', { status: 'error', ...error }], ['idle']];
    const { result, cells } = await executeChaos(kernels, [steps, then]);
    expect(result).toMatchObject({ status: 'failed', error: { ename: 'Boom', evalue: 'it broke' } });
    expect(cells[0]?.outputs).toEqual([{ output_type: 'error', ...error }]);
  });

  it('in a reply that says nothing about it fails the run', async () => {
    const { result, cells } = await executeChaos(kernels, [
      [['busy'], ['reply', { status: 'error' }], ['idle']],
    ]);
    expect(result).toMatchObject({ status: 'failed', error: { ename: 'Error', evalue: '', traceback: '' } });
    expect(cells[0]?.outputs).toMatchObject([{ output_type: 'error' }]);
  });

  it.each(['aborted', 'abort'])('is a reply of "%s"', async (status) => {
    const { result } = await executeChaos(kernels, [[['busy'], ['reply', { status }], ['idle']], then]);
    expect(result).toMatchObject({ status: 'failed', error: { ename: 'Aborted' } });
  });

  it('is the death of the kernel, told with its exit status and its last words', async () => {
    const { result, cells } = await executeChaos(kernels, [
      [['busy'], ['stream', 'a\n'], ['sleep', 0.5], ['die', 7, 'terminate called without an exception\n']],
      then,
    ]);
    expect(result).toMatchObject({ status: 'kernel-died', cells: { total: 2, executed: 0 } });
    expect(result.error?.evalue).toContain('with exit status 7');
    expect(result.error?.traceback).toBe('terminate called without an exception');
    expect(cells[0]?.outputs).toMatchObject([
      { output_type: 'stream', text: ['a\n'] },
      { output_type: 'error', ename: 'KernelDied' },
    ]);
  });

  it('is asking for input although nobody allowed it, said at once', async () => {
    const { result, cells } = await executeChaos(kernels, [
      [['busy'], ['ask', 'Name? '], ['sleep', 600]],
      then,
    ]);
    expect(result).toMatchObject({ status: 'failed', error: { ename: 'StdinNotImplementedError' } });
    expect(result.durationMs).toBeLessThan(20_000);
    expect(cells[0]?.outputs.at(-1)).toMatchObject({ ename: 'StdinNotImplementedError' });
  });
});
