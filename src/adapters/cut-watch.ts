import type { KernelMessage } from '../notebook/types.ts';

/** After a cut, how long a request may be silent before the server is asked whether its kernel still works on it. */
const QUIET_MS = 8_000;
/** When the kernel has just become idle, what the server has kept for us may still be on its way: look once more. */
const LOOK_AGAIN_MS = 2_000;

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

  /** The connection is there again. One that is cut again and again must not put off the end of the wait. */
  reconnected(): void {
    if (this.#timer === undefined) this.#wait();
  }

  heard({ type, parentId, content }: KernelMessage): void {
    if (parentId !== this.#requestId) return;
    const ends = type === 'execute_reply' || content['execution_state'] === 'idle';
    // Whoever waits for the other of the two has a limit of its own.
    if (ends) this[Symbol.dispose]();
    else if (this.#timer !== undefined) this.#wait();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#requestId = undefined;
  }

  #wait(delayMs = QUIET_MS): void {
    clearTimeout(this.#timer);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#timer = setTimeout(resolve, delayMs, undefined);
    const timer = this.#timer;
    void promise.then(async () => {
      const idle = this.#requestId !== undefined && (await this.#isIdle());
      if (this.#timer !== timer) return; // meanwhile something came
      if (idle && delayMs === LOOK_AGAIN_MS) this.#onLost();
      else if (this.#requestId !== undefined) this.#wait(idle ? LOOK_AGAIN_MS : QUIET_MS);
    });
  }
}
