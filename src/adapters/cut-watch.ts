import type { KernelMessage } from '../notebook/types.ts';

/** After a cut, how long a request may be silent before the server is asked whether its kernel still works on it. */
const QUIET_MS = 10_000;

/**
 * Sees to it that a request ends although the connection was cut: its reply and its idle, or the request itself, may
 * have been on the way. Then the kernel is idle and nothing will ever come.
 */
export class CutWatch implements Disposable {
  readonly #isIdle: () => Promise<boolean>;
  readonly #onLost: () => void;
  #requestId: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    /** Whether the server says that the kernel is idle. */
    isIdle: () => Promise<boolean>;
    /** Called when the end of the request was lost. */
    onLost: () => void;
  }) {
    this.#isIdle = options.isIdle;
    this.#onLost = options.onLost;
  }

  sent(requestId: string): void {
    this[Symbol.dispose]();
    this.#requestId = requestId;
  }

  /** The connection is there again. */
  reconnected(): void {
    clearTimeout(this.#timer);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#timer = setTimeout(resolve, QUIET_MS, undefined);
    const timer = this.#timer;
    void promise.then(async () => {
      const idle = this.#requestId !== undefined && (await this.#isIdle());
      if (this.#timer !== timer) return; // meanwhile something came
      if (idle) this.#onLost();
      else if (this.#requestId !== undefined) this.reconnected();
    });
  }

  heard({ type, parentId, content }: KernelMessage): void {
    if (parentId !== this.#requestId) return;
    const ends = type === 'execute_reply' || content['execution_state'] === 'idle';
    // Whoever waits for the other of the two has a limit of its own.
    if (ends) this[Symbol.dispose]();
    else if (this.#timer !== undefined) this.reconnected();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#requestId = undefined;
  }
}
