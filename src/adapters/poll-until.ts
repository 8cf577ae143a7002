import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the condition holds; throws when the deadline passes or the signal says stop. */
export async function pollUntil(
  options: { deadlineMs: number; everyMs: number; signal?: AbortSignal },
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + options.deadlineMs;
  while (!(await condition())) {
    options.signal?.throwIfAborted();
    if (performance.now() > end) throw new Error(`not so within ${options.deadlineMs / 1000} s`);
    await delay(options.everyMs);
  }
}
