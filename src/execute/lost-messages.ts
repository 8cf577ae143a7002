import type { KernelMessage } from '../notebook/types.ts';

/** An ipykernel message id: `<session>_<process id>_<count of the messages sent so far>`. */
const COUNTED_ID = /^(.+_\d+)_(\d+)$/;

export type CountedMessage = Pick<
  KernelMessage,
  'id' | 'type' | 'content' | 'parentId' | 'parentType' | 'afterCut'
>;

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
  /** ipykernel numbers a result before it asks the object how it looks, and sends none when the object says nothing. */
  #mayHoldBackResult = false;
  /** The connection was cut while this cell ran. */
  #cut = false;
  #firstBefore = Infinity;
  #lastBefore: number | undefined;
  /** Requests whose reply has been counted, by its own number or by the idle that follows it. */
  readonly #replied = new Set<string>();
  /** Request → number of a reply that was not seen but must have been sent in this cell. */
  readonly #unseen = new Map<string, number>();
  /** Requests with such a reply in an earlier cell. */
  readonly #repliedEarlier = new Set<string>();

  /** A new cell begins: what lies between cells is nobody's output. */
  beginCell(): void {
    this.#lost += this.#holes;
    if (this.#seen > 0) [this.#firstBefore, this.#lastBefore] = [this.#first, this.#last];
    this.#cut = false;
    this.#first = Infinity;
    this.#last = -Infinity;
    this.#seen = 0;
    this.#mayHoldBackResult = false;
    for (const requestId of this.#unseen.keys()) this.#repliedEarlier.add(requestId);
    this.#unseen.clear();
  }

  /** Every message of the kernel, whoever its parent is. */
  note(message: CountedMessage): void {
    const [, sender, text] = COUNTED_ID.exec(message.id) ?? [];
    if (sender === undefined || text === undefined || (this.#sender ?? sender) !== sender) {
      this.#counted = false;
      return;
    }
    this.#sender = sender;
    this.#cut ||= message.afterCut === true;
    const { type, parentId } = message;
    if (type.endsWith('_reply') && parentId !== undefined) {
      this.#replied.add(parentId);
      this.#unseen.delete(parentId);
      if (this.#repliedEarlier.delete(parentId)) return;
    }
    const number = Number(text);
    if (this.#lastBefore !== undefined && number < this.#lastBefore) {
      // Late, of an earlier cell: where it was counted as lost, it is there after all.
      if (number > this.#firstBefore) this.#lost = Math.max(0, this.#lost - 1);
      return;
    }
    this.#first = Math.min(this.#first, number);
    this.#last = Math.max(this.#last, number);
    this.#seen += 1;
    if (type === 'execute_input') this.#mayHoldBackResult = true;
    if (type === 'execute_result') this.#mayHoldBackResult = false;
    if (parentId !== undefined && this.#endsUnansweredRequest(message)) {
      this.#replied.add(parentId);
      this.#unseen.set(parentId, number - 1); // kernels send the reply right before they are idle
    }
  }

  /** Lost messages so far; undefined when the kernel's ids do not tell. */
  get count(): number | undefined {
    return this.#counted && this.#sender !== undefined ? this.#lost + this.#holes : undefined;
  }

  /**
   * The server asks a starting kernel who it is, on sockets of its own: of such a request we see busy and idle, and
   * its reply goes to the server. A reply of ours may merely be late.
   */
  #endsUnansweredRequest({ type, content, parentId, parentType }: CountedMessage): boolean {
    const idle = type === 'status' && content['execution_state'] === 'idle';
    return idle && parentType?.endsWith('_request') === true && !this.#replied.has(parentId ?? '');
  }

  get #holes(): number {
    if (this.#seen === 0) return 0;
    // A cut may have taken the first messages of the cell, too.
    const begin = this.#cut && this.#lastBefore !== undefined ? this.#lastBefore + 1 : Infinity;
    const first = Math.min(this.#first, begin, ...this.#unseen.values());
    const holes = Math.max(0, this.#last - first + 1 - this.#seen - this.#unseen.size);
    // When a queue is full, messages get lost by the hundred: a single hole in such a cell is no loss. A cut may take one.
    return holes === 1 && this.#mayHoldBackResult && !this.#cut ? 0 : holes;
  }
}
