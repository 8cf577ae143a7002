import { expect, test } from 'vitest';
import { liveComment } from '../../src/publish/live-comment.ts';
import { ApiError } from '../../src/publish/ports.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

type Answer = 'again' | 'final' | Error;

/** A comment that changes every second for so long, and the seconds at which it was written. */
async function writtenAt(seconds: number, answers: readonly Answer[] = []): Promise<number[]> {
  const clock = new FakeClock();
  const times: number[] = [];
  const write = (): Promise<'again' | 'final'> => {
    const answer = answers[times.length] ?? 'again';
    times.push(clock.now() / 1000);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const live = liveComment(write, clock);
  for (let second = 0; second < seconds; second++) {
    live.changed();
    await settled();
    clock.advance(1_000);
  }
  await live.end();
  expect(clock.pending).toBe(0);
  return times;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function refusal(status: number | undefined, retryAfterMs?: number): ApiError {
  return new ApiError('no', { status, retryAfterMs });
}

test('is written at once, then every 15 seconds at most', async () => {
  expect(await writtenAt(61)).toEqual([0, 15, 30, 45, 60]);
});

test('is written less often the longer it goes on, and every minute at least', async () => {
  const times = await writtenAt(7_200);
  const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...pauses)).toBe(15);
  // The fake clock goes on by whole seconds while the last request is under way.
  expect(Math.max(...pauses)).toBeLessThan(62);
  // Two requests for each time, of the thousand that a repository has in an hour.
  expect(times.filter((at) => at < 3_600).length).toBeLessThan(120);
});

test('is not written when there is nothing new', async () => {
  const clock = new FakeClock();
  let written = 0;
  const live = liveComment(() => Promise.resolve(written++ < 0 ? 'final' : 'again'), clock);
  live.changed();
  await settled();
  clock.advance(600_000);
  await settled();
  expect([written, clock.pending]).toEqual([1, 0]);
  live.changed();
  await settled();
  expect(written).toBe(2);
  await live.end();
});

test.each([
  ['a newer run has written it', ['again', 'final'], [0, 15]],
  ['it is forbidden', [refusal(403)], [0]],
  ['it has failed three times', [refusal(502), refusal(undefined), refusal(500)], [0, 15, 30]],
  ['the bug is ours', [new TypeError('ours')], [0]],
] as const)('is given up when %s', async (_, answers, expected) => {
  expect(await writtenAt(200, answers)).toEqual(expected);
});

test('waits as long as GitHub asks to, and goes on', async () => {
  expect(await writtenAt(61, [refusal(429, 40_000)])).toEqual([0, 40, 55]);
});

test('ends when the request under way has ended, and says nothing after', async () => {
  const clock = new FakeClock();
  const request = Promise.withResolvers<'again'>();
  let written = 0;
  const live = liveComment(async () => {
    written += 1;
    return await request.promise;
  }, clock);
  live.changed();
  let ended = false;
  const end = live.end().then(() => (ended = true));
  await settled();
  expect(ended).toBe(false);
  request.resolve('again');
  await end;
  live.changed();
  clock.advance(60_000);
  await settled();
  expect([written, clock.pending]).toEqual([1, 0]);
});
