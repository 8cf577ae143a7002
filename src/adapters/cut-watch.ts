import type { KernelMessage } from '../notebook/types.ts';

/** After a cut, how long a request may be silent before its kernel is asked whether it still works on it. */
const QUIET_MS = 8_000;
/** A kernel that does nothing answers in milliseconds; one that works, when it is done. */
const ANSWERS_WITHIN_MS = 2_000;

/**
 * Sees to it that a request ends although the connection was cut: its reply and its idle, or the request itself, may
 * have been on the way. Then the kernel does nothing and nothing will ever come. It is the kernel that is asked, on the
 * channel of the request, where it answers in order: an answer to a later question says that the request is over.
 */
export class CutWatch implements Disposable {
  readonly #ask: () => void;
  readonly #onLost: () => void;
  #requestId: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asked = false;

  constructor(options: {
    /** Sends the kernel a kernel_info_request, if there is a connection at the moment. */
    ask: () => void;
    /** Called when the end of the request was lost. */
    onLost: () => void;
  }) {
    this.#ask = options.ask;
    this.#onLost = options.onLost;
  }

  sent(requestId: string): void {
    this[Symbol.dispose]();
    this.#requestId = requestId;
  }

  /** The connection is there again. One that is cut again and again must not put off the end of the wait. */
  reconnected(): void {
    if (this.#requestId !== undefined && this.#timer === undefined) this.#wait();
  }

  heard({ type, parentId, content }: KernelMessage): void {
    if (this.#asked && type === 'kernel_info_reply') {
      this[Symbol.dispose]();
      this.#onLost();
    }
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
    this.#asked = false;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#asked = false;
    this.#timer = setTimeout(() => {
      this.#asked = true;
      this.#timer = setTimeout(() => this.#wait(), ANSWERS_WITHIN_MS);
      this.#ask();
    }, QUIET_MS);
  }
}
