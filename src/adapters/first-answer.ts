import type { JsonObject, KernelMessage } from '../notebook/types.ts';

/** An answer without a word of the kernel's output says that we are not subscribed to it yet. */
const SUBSCRIBING_MS = 100;

/**
 * A new kernel's answer to the first question, which counts once the kernel's output is heard: output that comes before
 * that is lost. The answer and its status come on channels of their own, in either order.
 */
export class FirstAnswer {
  readonly #ask: () => void;
  readonly #info = Promise.withResolvers<JsonObject>();
  #answer: JsonObject | undefined;
  #isSubscribed = false;

  /** `ask` sends the kernel a kernel_info_request. */
  constructor(ask: () => void) {
    this.#ask = ask;
    this.#info.promise.catch(() => undefined); // heard by whoever waits for it
  }

  /** What the kernel says of itself. */
  get info(): Promise<JsonObject> {
    return this.#info.promise;
  }

  /** There will be none. */
  fail(error: Error): void {
    this.#info.reject(error);
  }

  heard({ type, content }: KernelMessage): void {
    this.#isSubscribed ||= type === 'status';
    if (type === 'kernel_info_reply') this.#noteAnswer(content);
    if (this.#answer !== undefined && this.#isSubscribed) this.#info.resolve(this.#answer);
  }

  #noteAnswer(content: JsonObject): void {
    this.#answer = content;
    if (this.#isSubscribed) return;
    setTimeout(() => {
      if (!this.#isSubscribed) this.#ask();
    }, SUBSCRIBING_MS);
  }
}
