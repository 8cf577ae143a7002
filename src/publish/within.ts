import type { Clock } from './ports.ts';

/** The answer of `work`, or undefined when the signal aborts or the time is over first; the work itself goes on unheard. */
export async function within<T>(
  limitMs: number,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const end = Promise.withResolvers<undefined>();
  const done = (): void => end.resolve(undefined);
  const cancel = clock.after(limitMs, done);
  signal.addEventListener('abort', done, { once: true });
  try {
    return await Promise.race([work(), end.promise]);
  } finally {
    cancel();
    signal.removeEventListener('abort', done);
  }
}
