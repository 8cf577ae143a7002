/** A kernel that is alive says that it is busy within milliseconds of a request; a loaded machine needs longer. */
const NOTICED_WITHIN_MS = 3_000;
const MOST_WAKES = 3;

/**
 * Sees to it that a kernel notices a request. ipykernel 7.0 to 7.3 can miss one that lands while it sends a reply,
 * and then sleeps until something else happens on its socket: a new connection wakes it.
 * https://github.com/ipython/ipykernel/pull/1529
 */
export class RequestWatch implements Disposable {
  readonly #wake: () => Disposable;
  #requestId: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #connections: Disposable[] = [];

  /** `wake` opens a connection of its own to the kernel. */
  constructor(wake: () => Disposable) {
    this.#wake = wake;
  }

  /** A request was sent; the one before has ended. */
  sent(requestId: string): void {
    this[Symbol.dispose]();
    this.#requestId = requestId;
    this.#timer = setTimeout(() => this.#unnoticed(), NOTICED_WITHIN_MS);
  }

  /** A message came that belongs to this request. */
  heard(parentId: string | undefined): void {
    if (this.#requestId !== undefined && parentId === this.#requestId) this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#requestId = undefined;
    for (const connection of this.#connections.splice(0)) connection[Symbol.dispose]();
  }

  #unnoticed(): void {
    this.#connections.push(this.#wake());
    if (this.#connections.length < MOST_WAKES) {
      this.#timer = setTimeout(() => this.#unnoticed(), NOTICED_WITHIN_MS);
    }
  }
}
