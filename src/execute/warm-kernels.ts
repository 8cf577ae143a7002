import type { Run } from '../model.ts';
import type { Kernels, KernelSession } from './ports.ts';

interface WarmKernel {
  readonly session: Promise<KernelSession>;
  /** Whether it has ended while it waited. */
  ended: boolean;
}

/**
 * Starts the kernel of the next run once one has its own, so that a run need not wait for its kernel, and the time that
 * kernels take to answer is used. Few at a time, for they start on the CPUs that execute. Disposing ends what nobody took.
 */
export class WarmKernels implements Kernels, AsyncDisposable {
  readonly #kernels: Kernels;
  readonly #next: (warm: ReadonlySet<Run>) => Run | undefined;
  readonly #most: number;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  readonly #warm = new Map<Run, WarmKernel>();

  constructor(options: {
    kernels: Kernels;
    /** The run that will be started next, other than those whose kernels are warm. */
    next: (warm: ReadonlySet<Run>) => Run | undefined;
    most: number;
    signal: AbortSignal;
  }) {
    this.#kernels = options.kernels;
    this.#next = options.next;
    this.#most = options.most;
    this.#signal = AbortSignal.any([options.signal, this.#end.signal]);
  }

  async open(run: Run, signal: AbortSignal): Promise<KernelSession> {
    const warm = this.#warm.get(run);
    this.#warm.delete(run);
    const session =
      (warm === undefined ? undefined : await taken(warm, signal)) ?? (await this.#kernels.open(run, signal));
    this.#warmNext();
    return session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    const sessions = await Promise.allSettled([...this.#warm.values()].map(({ session }) => session));
    for (const started of sessions) if (started.status === 'fulfilled') started.value.close();
  }

  #warmNext(): void {
    if (this.#signal.aborted || this.#warm.size >= this.#most) return;
    const run = this.#next(new Set(this.#warm.keys()));
    if (run === undefined) return;
    const warm: WarmKernel = { session: this.#kernels.open(run, this.#signal), ended: false };
    this.#warm.set(run, warm);
    warm.session.then(
      (session) => session.listen((event) => (warm.ended ||= event.kind !== 'message')),
      () => undefined, // heard by the run that takes it
    );
  }
}

/** The kernel, or undefined when it has ended meanwhile; rejects when it could not be started, or the signal says stop. */
async function taken(warm: WarmKernel, signal: AbortSignal): Promise<KernelSession | undefined> {
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    const session = await Promise.race([warm.session, stopped.promise]);
    if (warm.ended) session.close();
    return warm.ended ? undefined : session;
  } catch (error) {
    void warm.session.then(
      (session) => session.close(),
      () => undefined,
    );
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
