import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { executeChaos, properly, startTestKernels, type TestKernels, textOf } from './chaos.ts';

let kernels: TestKernels;
beforeAll(async () => {
  kernels = await startTestKernels();
});
afterAll(async () => {
  await kernels.jupyter[Symbol.asyncDispose]();
  expect(leftoverProcesses(kernels.batchId)).toEqual([]);
});

const hello = [properly(['stream', 'hello\n'])];

describe('a kernel that', () => {
  it('dies at its start is tried three times, and its last words are in the error', async () => {
    const { result, cells } = await executeChaos(kernels, hello, { env: new Map([['CHAOS_START', 'die']]) });
    expect(result).toMatchObject({ status: 'kernel-start-failed', cells: { total: 1, executed: 0 } });
    expect(result.error?.evalue).toMatch(
      /its process ended while it started with exit status 1\.\n.*last words:\nchaos: no such library: libmissing\.so$/,
    );
    expect(result.durationMs).toBeLessThan(20_000); // three starts, each noticed in about a second
    expect(cells[0]?.outputs).toEqual([]);
  });

  it('never answers is given up after its start-timeout, once', async () => {
    const { result } = await executeChaos(kernels, hello, {
      env: new Map([['CHAOS_START', 'mute']]),
      startTimeoutMs: 3_000,
    });
    expect(result).toMatchObject({ status: 'kernel-start-failed' });
    expect(result.error?.evalue).toMatch(/did not answer within 3 s\. .*start-timeout/);
    expect(result.durationMs).toBeGreaterThanOrEqual(3_000);
    expect(result.durationMs).toBeLessThan(10_000);
  });

  it('says nothing sensible about itself is used all the same', async () => {
    const { result, metadata } = await executeChaos(kernels, hello, {
      env: new Map([['CHAOS_START', 'vague']]),
    });
    expect(result).toMatchObject({ status: 'passed', output: { kind: 'complete' } });
    expect(metadata['language_info']).toEqual({});
  });

  it('takes its time to start is waited for', async () => {
    const { result, cells } = await executeChaos(kernels, hello, { env: new Map([['CHAOS_START', '6']]) });
    expect(result).toMatchObject({ status: 'passed', output: { kind: 'complete' } });
    expect(textOf(cells[0])).toBe('hello\n');
  });

  it('takes no shutdown is ended all the same', async () => {
    const { result } = await executeChaos(kernels, hello, { env: new Map([['CHAOS_SHUTDOWN', 'ignore']]) });
    expect(result.status).toBe('passed'); // that nothing is left is seen at the end of the batch
  });
});
