import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FirstAnswer } from '../../src/adapters/first-answer.ts';
import type { JsonObject, KernelMessage } from '../../src/notebook/types.ts';

const INFO = { implementation: 'ipython' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function message(type: string, content: JsonObject): KernelMessage {
  const nothing = { id: '', parentId: undefined, date: undefined, metadata: {}, buffers: [] };
  return { ...nothing, channel: 'shell', type, content };
}

const reply = message('kernel_info_reply', INFO);
const busy = message('status', { execution_state: 'busy' });

/** What the answer is once nothing else happens; undefined = still waited for. */
async function settled({ info }: FirstAnswer): Promise<unknown> {
  return await Promise.race([
    info.catch((error: unknown) => error),
    vi.advanceTimersByTimeAsync(0).then(() => undefined),
  ]);
}

test.each([
  ['behind', [busy, reply]],
  ['before', [reply, busy]],
])('an answer %s the status that belongs to it counts, without another question', async (_, messages) => {
  const ask = vi.fn();
  const first = new FirstAnswer(ask);
  for (const one of messages) first.heard(one);
  expect(await settled(first)).toEqual(INFO);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ask).not.toHaveBeenCalled();
});

test('an answer alone does not count: the kernel is asked until its output is heard', async () => {
  const ask = vi.fn();
  const first = new FirstAnswer(ask);
  for (let asked = 1; asked <= 3; asked++) {
    first.heard(reply);
    expect(await settled(first)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ask).toHaveBeenCalledTimes(asked);
  }
  first.heard(busy);
  expect(await settled(first)).toEqual(INFO);
});

test('output alone is no answer', async () => {
  const first = new FirstAnswer(vi.fn());
  first.heard(busy);
  expect(await settled(first)).toBeUndefined();
});

test('a kernel that has died has no answer, and nobody need have waited for one', async () => {
  const first = new FirstAnswer(vi.fn());
  first.fail(new Error('its process ended'));
  first.heard(busy);
  first.heard(reply);
  expect(await settled(first)).toEqual(new Error('its process ended'));
});
