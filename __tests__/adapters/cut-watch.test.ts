import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CutWatch } from '../../src/adapters/cut-watch.ts';
import { aMessage } from '../fakes/kernel-messages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const OTHERS = aMessage({ type: 'kernel_info_reply', channel: 'shell', parentId: 'question' });

/** Of a request, with a kernel that answers questions after 20 ms as long as it does nothing. */
function watched(options: { busy?: boolean } = {}): { watch: CutWatch; losses: () => number } {
  let losses = 0;
  const watch: CutWatch = new CutWatch({
    ask: () => {
      if (options.busy !== true) setTimeout(() => watch.heard(OTHERS), 20);
    },
    onLost: () => (losses += 1),
  });
  watch.sent('mine');
  return { watch, losses: () => losses };
}

it('gives a request up whose kernel answers others, within 10 s after a cut', async () => {
  const { watch, losses } = watched();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(losses()).toBe(0);
  watch.reconnected();
  await vi.advanceTimersByTimeAsync(7_000);
  watch.heard(aMessage({ type: 'stream', parentId: 'mine' }));
  await vi.advanceTimersByTimeAsync(7_000);
  expect(losses()).toBe(0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([losses(), vi.getTimerCount()]).toEqual([1, 0]);
});

it('gives it up in that time too when the connection is cut again and again', async () => {
  const { watch, losses } = watched();
  for (let cuts = 0; cuts < 20; cuts++) {
    watch.reconnected();
    watch.heard(OTHERS); // every new connection asks
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(losses()).toBe(1);
});

it('takes what came before the answer', async () => {
  const { watch, losses } = watched();
  watch.reconnected();
  await vi.advanceTimersByTimeAsync(8_010);
  watch.heard(aMessage({ type: 'execute_reply', parentId: 'mine' }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([losses(), vi.getTimerCount()]).toEqual([0, 0]);
});

it('waits as long as the kernel works, and no longer than the request', async () => {
  const busy = watched({ busy: true });
  busy.watch.reconnected();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(busy.losses()).toBe(0);
  const ended = watched();
  ended.watch.reconnected();
  ended.watch.heard(aMessage({ type: 'status', parentId: 'mine', content: { execution_state: 'idle' } }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended.losses()).toBe(0);
  expect(vi.getTimerCount()).toBe(1); // the busy one's
});
