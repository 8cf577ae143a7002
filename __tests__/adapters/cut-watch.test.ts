import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CutWatch } from '../../src/adapters/cut-watch.ts';
import { aMessage } from '../fakes/kernel-messages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(idle: boolean): { watch: CutWatch; losses: () => number } {
  let losses = 0;
  const watch = new CutWatch({ isIdle: () => Promise.resolve(idle), onLost: () => (losses += 1) });
  watch.sent('mine');
  return { watch, losses: () => losses };
}

it('gives a request up whose kernel is idle 10 s after a cut', async () => {
  const { watch, losses } = watched(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(losses()).toBe(0);
  watch.reconnected();
  await vi.advanceTimersByTimeAsync(9_000);
  watch.heard(aMessage({ type: 'stream', parentId: 'mine' }));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(losses()).toBe(0);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(losses()).toBe(1);
});

it('gives it up in that time too when the connection is cut again and again', async () => {
  const { watch, losses } = watched(true);
  for (let cuts = 0; cuts < 19; cuts++) {
    watch.reconnected();
    await vi.advanceTimersByTimeAsync(500);
    expect(losses()).toBe(0);
  }
  await vi.advanceTimersByTimeAsync(501);
  expect(losses()).toBe(1);
});

it('takes what was on its way when the kernel became idle', async () => {
  const { watch, losses } = watched(true);
  watch.reconnected();
  await vi.advanceTimersByTimeAsync(9_000);
  watch.heard(aMessage({ type: 'execute_reply', parentId: 'mine' }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(losses()).toBe(0);
});

it('waits as long as the kernel works, and no longer than the request', async () => {
  const busy = watched(false);
  busy.watch.reconnected();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(busy.losses()).toBe(0);
  const ended = watched(true);
  ended.watch.reconnected();
  ended.watch.heard(aMessage({ type: 'status', parentId: 'mine', content: { execution_state: 'idle' } }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended.losses()).toBe(0);
  expect(vi.getTimerCount()).toBe(1); // the busy one's
});
