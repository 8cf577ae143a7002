import type { OutputLimits } from '../notebook/output-limits.ts';
import type { JsonObject } from '../notebook/types.ts';
import { EDGE_BYTES, LongStream } from './long-stream.ts';
import { endsRequest, overlongNotice, readOverlong } from './overlong-message.ts';

/** V8's longest string has 512 MiB of characters, and parsing needs several times the text. */
const LONGEST_CONTENT_BYTES = 384 * 1024 * 1024;
/** JSON takes at most six bytes for one of a text (`\u001b`): what is longer is beyond its limit for certain. */
const BYTES_PER_BYTE = 6;
const ROOM_BYTES = 1024 * 1024;

/** Part of a message's content. */
export interface Part {
  readonly type: string | undefined;
  readonly bytes: Uint8Array;
  /** Where it begins in the content, in bytes. */
  readonly from: number;
  /** Length of the content, in bytes. */
  readonly of: number;
}

/** A content as far as it is known by now. */
export interface Read {
  /** Bytes of JSON that are still to be read, or what they say. */
  readonly content: Uint8Array | JsonObject;
  /** A notice stands for it. */
  readonly overlong?: true;
  /** More of it is to come. */
  readonly uncounted?: true;
}

/** What becomes of the parts of one content. */
type Reader = (part: Part) => Read | undefined;

/**
 * Puts together what our server sends in parts because it is long, and holds no more of it than is needed: a stream goes
 * on as it comes, and of an output that is beyond its limit only the ends are kept.
 */
export class MessageParts {
  readonly #limits: OutputLimits;
  #reader: Reader | undefined;
  #expected = 0;

  constructor(limits: OutputLimits = {}) {
    this.#limits = limits;
  }

  /** What can be said now; undefined as long as more is needed, or when a part is missing. */
  take(part: Part): Read | undefined {
    if (part.from === 0) this.#reader = this.#readerOf(part);
    else if (part.from !== this.#expected) this.#reader = undefined; // the connection was cut in between
    this.#expected = part.from + part.bytes.byteLength;
    return this.#reader?.(part);
  }

  #readerOf({ type, bytes, of }: Part): Reader {
    const stream = type === 'stream' ? LongStream.open(bytes) : undefined;
    if (stream !== undefined) return streaming(stream);
    const isOverlong = of > longestContent(type, this.#limits);
    return isOverlong && !endsRequest(type) ? keepingEdges() : collecting(isOverlong);
  }
}

/** The longest content that is worth reading, in bytes. */
export function longestContent(
  type: string | undefined,
  { outputBytes, notebookBytes }: OutputLimits,
): number {
  const limit = type?.startsWith('comm_') === true ? notebookBytes : outputBytes;
  const longest = limit === undefined || limit === 0 ? Infinity : limit * BYTES_PER_BYTE + ROOM_BYTES;
  return Math.min(longest, LONGEST_CONTENT_BYTES);
}

function streaming(stream: LongStream): Reader {
  return ({ bytes, from, of }) => {
    const content = stream.read(bytes);
    if (from + bytes.byteLength < of) return content && { content, uncounted: true };
    return { content: content ?? stream.nothing };
  };
}

function keepingEdges(): Reader {
  let head = new Uint8Array();
  let tail = new Uint8Array();
  return ({ type, bytes, from, of }) => {
    if (from === 0) head = bytes.slice(0, EDGE_BYTES);
    tail = Buffer.concat([tail, bytes.subarray(-EDGE_BYTES)]).subarray(-EDGE_BYTES);
    if (from + bytes.byteLength < of) return undefined;
    return { content: overlongNotice(type, { head, tail, byteLength: of }), overlong: true };
  };
}

function collecting(isOverlong: boolean): Reader {
  const chunks: Uint8Array[] = [];
  return ({ type, bytes, from, of }) => {
    chunks.push(bytes);
    if (from + bytes.byteLength < of) return undefined;
    const content = Buffer.concat(chunks);
    return isOverlong ? { content: readOverlong(type, content), overlong: true } : { content };
  };
}
