import type { KernelMessage } from '../notebook/types.ts';

/** An ipykernel message id: `<session>_<process id>_<count of the messages sent so far>`. */
const COUNTED_ID = /^(.+_\d+)_(\d+)$/;

export type CountedMessage = Pick<KernelMessage, 'id' | 'type' | 'content' | 'parentId' | 'parentType'>;

/**
 * Counts the messages that a kernel sent and nobody received: ipykernel numbers all it sends, so the holes
 * between a cell's first and last message are exactly the lost ones. Kernels with other ids cannot be counted.
 */
export class LostMessages {
  #sender: string | undefined;
  #counted = true;
  #first = Infinity;
  #last = -Infinity;
  #seen = 0;
  #lost = 0;
  /** Requests whose reply has been counted. */
  readonly #replied = new Set<string>();

  /** A new cell begins: what lies between cells is nobody's output. */
  beginCell(): void {
    this.#closeCell();
  }

  /** Every message of the kernel, whoever its parent is. */
  note(message: CountedMessage): void {
    const [, sender, count] = COUNTED_ID.exec(message.id) ?? [];
    if (sender === undefined || count === undefined || (this.#sender ?? sender) !== sender) {
      this.#counted = false;
      return;
    }
    this.#sender = sender;
    this.#first = Math.min(this.#first, Number(count));
    this.#last = Math.max(this.#last, Number(count));
    if (!this.#isReplyCountedBefore(message)) this.#seen += 1;
    if (this.#endsRequestOfOthers(message)) this.#seen += 1;
  }

  /**
   * The server asks a starting kernel who it is, on sockets of its own: of such a request we see busy and idle,
   * and its reply, one number in between, goes to the server. When a reply of ours is merely late, it was counted
   * with the idle before it.
   */
  #endsRequestOfOthers({ type, content, parentId, parentType }: CountedMessage): boolean {
    if (type !== 'status' || content['execution_state'] !== 'idle' || parentId === undefined) return false;
    if (parentType?.endsWith('_request') !== true || this.#replied.has(parentId)) return false;
    this.#replied.add(parentId);
    return true;
  }

  #isReplyCountedBefore({ type, parentId }: CountedMessage): boolean {
    if (!type.endsWith('_reply') || parentId === undefined) return false;
    const counted = this.#replied.has(parentId);
    this.#replied.add(parentId);
    return counted;
  }

  /** Lost messages so far; undefined when the kernel's ids do not tell. */
  get count(): number | undefined {
    return this.#counted && this.#sender !== undefined ? this.#lost + this.#holes : undefined;
  }

  get #holes(): number {
    return this.#seen === 0 ? 0 : Math.max(0, this.#last - this.#first + 1 - this.#seen);
  }

  #closeCell(): void {
    this.#lost += this.#holes;
    this.#first = Infinity;
    this.#last = -Infinity;
    this.#seen = 0;
  }
}
