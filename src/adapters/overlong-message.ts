import { sizeText } from '../notebook/output-limits.ts';
import type { JsonObject } from '../notebook/types.ts';

/** Names and counts stand within so many bytes from the beginning or the end of a content. */
const EDGE_BYTES = 1000;
/** A character or an escape sequence that was cut through has at most so many bytes. */
const LONGEST_CHARACTER = 6;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });

/**
 * What stands for a content that is too long to be made into a string: enough to say what it was. An answer keeps its
 * status, for a run is judged by it.
 */
export function readOverlong(type: string | undefined, content: Uint8Array): JsonObject {
  const head = decoder.decode(content.subarray(0, EDGE_BYTES));
  const edges = head + decoder.decode(content.subarray(-EDGE_BYTES));
  const left = `${sizeText(content.byteLength)} left out here: more than output-limit allows]`;
  if (type === 'error' || type?.endsWith('_reply') === true) {
    const notice = `[${type === 'error' ? 'error' : 'answer'} of ${left}`;
    const status = stringIn(edges, 'status') ?? 'error';
    const ename = stringIn(textFrom(content, '"ename":'), 'ename') ?? 'Error';
    return { status, ename, evalue: notice, traceback: [] };
  }
  // Of several contents the long one is the last that begins near the beginning.
  const what = [...head.matchAll(/"([a-z]+\/[\w.+-]+)":/g)].at(-1)?.[1] ?? type ?? 'message';
  const count = /"execution_count":\s*(\d+)/.exec(edges)?.[1];
  const displayId = stringIn(edges, 'display_id');
  return {
    data: { 'text/plain': `[${what} of ${left}` },
    metadata: {},
    execution_count: count === undefined ? null : Number(count),
    transient: displayId === undefined ? {} : { display_id: displayId },
  };
}

/**
 * The content of a long stream message as several shorter ones, which mean the same: ipykernel joins whatever is
 * printed within 0.2 s, which can be hundreds of megabytes. Undefined when it is no stream as the protocol has it.
 */
export function streamPieces(
  content: Uint8Array,
  pieceBytes: number,
): Generator<JsonObject, void> | undefined {
  const opening = /^[^]*?"text":\s*"/.exec(decoder.decode(content.subarray(0, EDGE_BYTES)))?.[0];
  if (opening === undefined) return undefined;
  const from = Buffer.byteLength(opening);
  const end = closingQuote(content, from);
  if (end === undefined) return undefined;
  const around = opening + decoder.decode(content.subarray(end, end + EDGE_BYTES));
  const name = stringIn(around, 'name') ?? 'stdout';
  return piecesOf(content.subarray(from, end), { name, pieceBytes });
}

function* piecesOf(
  text: Uint8Array,
  { name, pieceBytes }: { name: string; pieceBytes: number },
): Generator<JsonObject, void> {
  for (let at = 0; at < text.byteLength;) {
    const piece = firstString(text.subarray(at, at + pieceBytes));
    yield { name, text: piece.text };
    at += piece.bytes;
  }
}

/** The text of the beginning of a JSON string, up to the last character that is whole, and its bytes. */
function firstString(piece: Uint8Array): { text: string; bytes: number } {
  for (let bytes = piece.byteLength; bytes >= Math.max(1, piece.byteLength - LONGEST_CHARACTER); bytes--) {
    const text = tryParse(() => strictDecoder.decode(piece.subarray(0, bytes)));
    if (text !== undefined) return { text, bytes };
  }
  // Not cut through but wrong: as much of it as can be shown.
  return { text: tryParse(() => decoder.decode(piece)) ?? decoder.decode(piece), bytes: piece.byteLength };
}

function tryParse(decode: () => string): string | undefined {
  try {
    return JSON.parse(`"${decode()}"`) as string;
  } catch {
    return undefined;
  }
}

/** Position of the quote that ends the JSON string. */
function closingQuote(content: Uint8Array, from: number): number | undefined {
  for (let at = content.indexOf(QUOTE, from); at >= 0; at = content.indexOf(QUOTE, at + 1)) {
    let first = at;
    while (first > from && content[first - 1] === BACKSLASH) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return undefined;
}

/** From a key on, which may stand between two long values; within a string its quotes would be escaped. */
function textFrom(content: Uint8Array, key: string): string {
  const at = Buffer.from(content.buffer, content.byteOffset, content.byteLength).indexOf(key);
  return at < 0 ? '' : decoder.decode(content.subarray(at, at + EDGE_BYTES));
}

function stringIn(text: string, key: string): string | undefined {
  return new RegExp(`"${key}":\\s*"([^"\\\\]*)"`).exec(text)?.[1];
}
