import { describe, expect, it } from 'vitest';
import { KernelStartError } from '../../src/execute/ports.ts';
import { WarmKernels } from '../../src/execute/warm-kernels.ts';
import type { Run } from '../../src/model.ts';
import { FakeKernels } from '../fakes/fake-kernels.ts';
import { aRun } from '../fakes/runs.ts';

const never = new AbortController().signal;
const RUNS = ['a', 'b', 'c', 'd'].map((name) => aRun({ name }));
const [a, b, c] = RUNS as [Run, Run, Run];

function warmKernels(kernels: FakeKernels, most = 1): { warm: WarmKernels; started: Set<Run> } {
  const started = new Set<Run>();
  const next = (warm: ReadonlySet<Run>): Run | undefined =>
    RUNS.find((run) => !started.has(run) && !warm.has(run));
  return { warm: new WarmKernels({ kernels, next, most, signal: never }), started };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

describe('kernels that are started ahead', () => {
  it('are started once a run has its own, so many at most, and taken by the run they are for', async () => {
    const kernels = new FakeKernels(() => undefined);
    const { warm, started } = warmKernels(kernels);
    started.add(a);
    await warm.open(a, never);
    await settled();
    expect(kernels.opened).toEqual([a, b]);
    started.add(b);
    expect(await warm.open(b, never)).toBe(kernels.sessions[1]);
    await settled();
    expect(kernels.opened).toEqual([a, b, c]);
    await warm[Symbol.asyncDispose]();
  });

  it('are closed in the end when nobody took them', async () => {
    const kernels = new FakeKernels(() => undefined);
    const { warm, started } = warmKernels(kernels, 2);
    for (const run of [a, b]) {
      started.add(run);
      (await warm.open(run, never)).close();
    }
    await warm[Symbol.asyncDispose]();
    expect(kernels.opened.length).toBeGreaterThan(2);
    expect(kernels.sessions.map(({ closed }) => closed)).toEqual(kernels.opened.map(() => true));
  });

  it('are started again when they have ended while they waited', async () => {
    const kernels = new FakeKernels(() => undefined);
    const { warm, started } = warmKernels(kernels);
    started.add(a);
    await warm.open(a, never);
    await settled();
    const exit = { exitCode: 1, signal: undefined, outOfMemory: false, stderr: '' };
    kernels.sessions[1]?.cell('', '').event({ kind: 'died', exit });
    started.add(b);
    const session = await warm.open(b, never);
    expect(session).not.toBe(kernels.sessions[1]);
    expect(kernels.sessions[1]?.closed).toBe(true);
    await warm[Symbol.asyncDispose]();
  });

  it('that could not be started are told to the run they are for, which may try again', async () => {
    const kernels = new FakeKernels(
      () => undefined,
      (run, attempt) => {
        if (run === b && attempt === 1) throw new KernelStartError('no port', { again: true });
      },
    );
    const { warm, started } = warmKernels(kernels);
    started.add(a);
    await warm.open(a, never);
    await settled();
    started.add(b);
    await expect(warm.open(b, never)).rejects.toThrow('no port');
    await expect(warm.open(b, never)).resolves.toBeDefined();
    await warm[Symbol.asyncDispose]();
  });

  it('hold nobody who is told to stop, and are closed once they are there', async () => {
    const kernels = new FakeKernels(() => undefined);
    const hold = Promise.withResolvers<undefined>();
    const open = kernels.open.bind(kernels);
    kernels.open = async (run) => (run === b ? hold.promise.then(() => open(run)) : open(run));
    const { warm, started } = warmKernels(kernels);
    started.add(a);
    await warm.open(a, never);
    started.add(b);
    const stop = new AbortController();
    const opening = warm.open(b, stop.signal);
    stop.abort(new Error('the time of the run is over'));
    await expect(opening).rejects.toThrow('the time of the run is over');
    hold.resolve(undefined);
    await settled();
    expect(kernels.sessions.find(({ closed }) => closed)).toBe(kernels.sessions[1]);
    await warm[Symbol.asyncDispose]();
  });
});
