import type { Clock } from './ports.ts';

/** Resolves after the delay, or at once when the signal aborts: whoever waits looks at the signal then. */
export async function pause(
  delayMs: number,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const done = (): void => resolve(undefined);
  const cancel = clock.after(delayMs, done);
  signal.addEventListener('abort', done, { once: true });
  await promise;
  cancel();
  signal.removeEventListener('abort', done);
}
