import { firstBytes, lastBytes } from './byte-size.ts';
import { type ByteAllowance, sizeText, TAIL_BYTES } from './output-limits.ts';
import { TerminalText } from './terminal-text.ts';

/**
 * The text of one stream output while it grows: resolved as a terminal shows it, and cut in the middle, while it
 * arrives, when it is longer than allowed.
 */
export class StreamText {
  readonly #allowance: ByteAllowance;
  readonly #terminal = new TerminalText((text) => this.#keep(text));
  // V8 joins strings lazily: appending is cheap as long as nobody reads in between.
  #head = '';
  #headBytes = 0;
  /** What came after the head; only its end is held. Undefined as long as everything fits. */
  #tail: string | undefined;
  #bytesAfterHead = 0;
  /** Units of UTF-16 written so far: at least as many as are held. */
  #written = 0;

  /** Without an allowance left only the end of the stream is kept. */
  constructor(allowance: ByteAllowance) {
    this.#allowance = allowance;
  }

  get written(): number {
    return this.#written;
  }

  /** Bytes of the allowance in use. */
  get keptBytes(): number {
    return this.#headBytes;
  }

  get isCut(): boolean {
    return this.#bytesAfterHead > TAIL_BYTES;
  }

  /** True once the allowance is used up. */
  get isFull(): boolean {
    return this.#tail !== undefined;
  }

  write(text: string): void {
    this.#written += text.length;
    this.#terminal.write(text);
  }

  /** The last line is done, too: nothing will overwrite it. */
  seal(): void {
    this.#terminal.end();
  }

  /** What the notebook shows of it. */
  get value(): string {
    const live = this.#terminal.liveLine;
    if (this.#tail === undefined) return this.#head + live;
    const tail = lastBytes(this.#tail + live, TAIL_BYTES);
    const lost = this.#bytesAfterHead + Buffer.byteLength(live) - Buffer.byteLength(tail);
    return lost > 0 ? `${this.#head}${notice(this.#head, lost)}${tail}` : this.#head + tail;
  }

  #keep(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.#tail !== undefined) {
      this.#keepInTail(text, bytes);
      return;
    }
    const granted = this.#allowance.take(bytes);
    const fits = granted === bytes ? text : firstBytes(text, granted);
    const kept = granted === bytes ? bytes : Buffer.byteLength(fits);
    this.#allowance.giveBack(granted - kept);
    // A slice would hold the whole of the chunk it comes from in memory; a copy in UTF-16 keeps half characters.
    this.#head += kept === bytes ? text : Buffer.from(fits, 'utf16le').toString('utf16le');
    this.#headBytes += kept;
    if (kept < bytes) this.#keepInTail(text.slice(fits.length), bytes - kept);
  }

  #keepInTail(text: string, bytes: number): void {
    this.#bytesAfterHead += bytes;
    this.#tail = (this.#tail ?? '') + (text.length > TAIL_BYTES ? lastBytes(text, TAIL_BYTES) : text);
    if (this.#tail.length > 2 * TAIL_BYTES) this.#tail = lastBytes(this.#tail, TAIL_BYTES);
  }
}

function notice(head: string, bytes: number): string {
  const start = head === '' || head.endsWith('\n') ? '' : '\n';
  return `${start}[${sizeText(bytes)} of output left out here: more than output-limit allows]\n`;
}
