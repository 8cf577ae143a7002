import type { FakeClock } from '../fakes/fake-clock.ts';

/** Lets the clock run, a second at a time, until the promise is settled; returns its value and the seconds it took. */
export async function untilSettled<T>(
  clock: FakeClock,
  promise: Promise<T>,
): Promise<{ value: T; seconds: number }> {
  const state = { settled: false };
  const done = promise.finally(() => (state.settled = true));
  done.catch(() => undefined);
  const begun = clock.now();
  for (;;) {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    if (state.settled) return { value: await done, seconds: (clock.now() - begun) / 1_000 };
    clock.advance(1_000);
  }
}
