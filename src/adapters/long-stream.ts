import type { JsonObject } from '../notebook/types.ts';

/** Names and counts stand within so many bytes from the beginning or the end of a content. */
export const EDGE_BYTES = 1000;
/** A character or an escape sequence that was cut through has at most so many bytes. */
const LONGEST_CHARACTER = 6;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the content of a stream message, which is JSON, bytes after bytes: what each adds to the text is a content of
 * its own. ipykernel joins whatever is printed within 0.2 s, which can be hundreds of megabytes.
 */
export class LongStream {
  readonly #name: string;
  /** Bytes of a character that is not whole yet. */
  #rest = new Uint8Array();
  /** Bytes before the text. */
  #skip: number;
  #ended = false;

  private constructor(name: string, skip: number) {
    this.#name = name;
    this.#skip = skip;
  }

  /**
   * From the first bytes of a content, up to the text at least; the last ones name the stream if they do not. Undefined
   * when it is no stream as the protocol has it, or nobody knows of which name.
   */
  static open(head: Uint8Array, end?: Uint8Array): LongStream | undefined {
    const opening = /^[^]*?"text":\s*"/.exec(decoder.decode(head.subarray(0, EDGE_BYTES)))?.[0];
    if (opening === undefined) return undefined;
    const behind = end === undefined ? undefined : (stringIn(decoder.decode(end), 'name') ?? 'stdout');
    const name = stringIn(opening, 'name') ?? behind;
    return name === undefined ? undefined : new LongStream(name, Buffer.byteLength(opening));
  }

  /** A content that adds nothing. */
  get nothing(): JsonObject {
    return { name: this.#name, text: '' };
  }

  /** Whether the text ends in the content that it was opened with. */
  endsIn(content: Uint8Array): boolean {
    return closingQuote(content, this.#skip) !== undefined;
  }

  /** What the next bytes of the content add; undefined when that is nothing. */
  read(bytes: Uint8Array): JsonObject | undefined {
    if (this.#ended) return undefined;
    const piece = joined(this.#rest, bytes.subarray(this.#skip));
    this.#skip = Math.max(0, this.#skip - bytes.byteLength);
    const end = closingQuote(piece, 0);
    this.#ended = end !== undefined;
    const first = firstString(piece.subarray(0, end), this.#ended);
    this.#rest = piece.slice(first.bytes, end);
    return first.text === '' ? undefined : { name: this.#name, text: first.text };
  }
}

/** Position of the quote that ends the JSON string whose inside begins at `from`. */
function closingQuote(content: Uint8Array, from: number): number | undefined {
  for (let at = content.indexOf(QUOTE, from); at >= 0; at = content.indexOf(QUOTE, at + 1)) {
    let first = at;
    while (first > from && content[first - 1] === BACKSLASH) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return undefined;
}

/** A short string without escapes in JSON. */
export function stringIn(text: string, key: string): string | undefined {
  return new RegExp(`"${key}":\\s*"([^"\\\\]*)"`).exec(text)?.[1];
}

/** The text of the beginning of a JSON string, up to the last character that is whole, and its bytes. */
function firstString(piece: Uint8Array, isLast: boolean): { text: string; bytes: number } {
  const { byteLength } = piece;
  // Up to two halves of a pair are on their way.
  const least = isLast ? byteLength : Math.max(0, byteLength - 2 * LONGEST_CHARACTER);
  for (let bytes = byteLength; bytes >= least; bytes--) {
    const text = tryParse(() => strictDecoder.decode(piece.subarray(0, bytes)));
    if (text !== undefined && (isLast || !/[\uD800-\uDBFF]$/.test(text))) return { text, bytes };
  }
  // Not cut through but wrong: as much of it as can be shown.
  return { text: tryParse(() => decoder.decode(piece)) ?? decoder.decode(piece), bytes: byteLength };
}

function tryParse(decode: () => string): string | undefined {
  try {
    return JSON.parse(`"${decode()}"`) as string;
  } catch {
    return undefined;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  return first.byteLength === 0 ? second : Buffer.concat([first, second]);
}
