import { setTimeout as delay } from 'node:timers/promises';
import { ServerConnection } from '@jupyterlab/services';
import { messageOf } from '../errors.ts';
import { type Kernels, type KernelSession, KernelStartError } from '../execute/ports.ts';
import { StopRequest } from '../execute/stop-request.ts';
import type { Run } from '../model.ts';

/** A notebook that ends its server does so again in every attempt; what ends a fourth one is not a single notebook. */
const MOST_REPLACEMENTS = 3;
/** Between a refused connection and the news that the server's process has ended. */
const EXIT_NEWS_MS = 1_000;

/** Kernels on one server. */
export interface ServedKernels extends Kernels, AsyncDisposable {
  /** Calls back once the server has ended without our asking, at once if it already has. */
  onServerExit(listener: (detail: string) => void): void;
  /** The message, and the end of what the server has logged. */
  withLog(message: string): Promise<string>;
}

/**
 * Kernels on a server that is replaced when it ends: whoever ends it costs the runs that are on it, and the queue goes
 * on. Disposing waits for everything that was ever started.
 */
export class LastingKernels implements Kernels, AsyncDisposable {
  readonly #start: () => Promise<ServedKernels>;
  readonly #onReplaced: (detail: string) => void;
  readonly #lost = new AbortController();
  readonly #ending: Promise<unknown>[] = [];
  #failures = 0;
  #served: Promise<ServedKernels> | undefined;

  constructor(options: {
    first: ServedKernels;
    /** Starts another server. */
    start: () => Promise<ServedKernels>;
    onReplaced: (detail: string) => void;
  }) {
    this.#start = options.start;
    this.#onReplaced = options.onReplaced;
    this.#watch(options.first);
    this.#served = Promise.resolve(options.first);
  }

  /** Aborted once no more kernels can be had. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async open(run: Run, signal: AbortSignal): Promise<KernelSession> {
    this.#lost.signal.throwIfAborted();
    const served = await (this.#served ??= this.#replace());
    try {
      return await served.open(run, signal);
    } catch (error) {
      // Whoever tries again at once must not meet the same dead server.
      if (error instanceof KernelStartError && error.cause instanceof ServerConnection.NetworkError) {
        const exited = new Promise<void>((resolve) => served.onServerExit(() => resolve()));
        await Promise.race([exited, delay(EXIT_NEWS_MS)]);
      }
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const served = await this.#served?.catch(() => undefined);
    await served?.[Symbol.asyncDispose]();
    await Promise.all(this.#ending);
  }

  async #replace(): Promise<ServedKernels> {
    try {
      const served = await this.#start();
      this.#watch(served);
      return served;
    } catch (error) {
      this.#giveUp(messageOf(error));
      throw error;
    }
  }

  #watch(served: ServedKernels): void {
    served.onServerExit((detail) => {
      this.#served = undefined;
      this.#failures += 1;
      this.#ending.push(this.#afterExit(served, detail));
    });
  }

  async #afterExit(served: ServedKernels, detail: string): Promise<void> {
    if (this.#failures <= MOST_REPLACEMENTS) this.#onReplaced(detail);
    else
      this.#giveUp(await served.withLog(`The Jupyter server failed ${this.#failures} times, and ${detail}`));
    await served[Symbol.asyncDispose]();
  }

  #giveUp(detail: string): void {
    this.#lost.abort(new StopRequest({ kind: 'broken', ename: 'ServerFailed', detail }));
  }
}
