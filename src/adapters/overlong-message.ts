import { sizeText } from '../notebook/output-limits.ts';
import type { JsonObject } from '../notebook/types.ts';
import { EDGE_BYTES, LongStream, stringIn } from './long-stream.ts';

const decoder = new TextDecoder();

/**
 * What stands for a content that is too long to be made into a string: enough to say what it was. An answer keeps its
 * status, for a run is judged by it.
 */
export function readOverlong(type: string | undefined, content: Uint8Array): JsonObject {
  if (!endsRequest(type)) {
    const edges = { head: content.subarray(0, EDGE_BYTES), tail: content.subarray(-EDGE_BYTES) };
    return overlongNotice(type, { ...edges, byteLength: content.byteLength });
  }
  const edges =
    decoder.decode(content.subarray(0, EDGE_BYTES)) + decoder.decode(content.subarray(-EDGE_BYTES));
  const evalue = `[${type === 'error' ? 'error' : 'answer'} of ${leftOut(content.byteLength)}`;
  const status = stringIn(edges, 'status') ?? 'error';
  const ename = stringIn(textFrom(content, '"ename":'), 'ename') ?? 'Error';
  return { status, ename, evalue, traceback: [] };
}

/** Whether a run is judged by messages of the type, so that one has to be seen whole before it is made short. */
export function endsRequest(type: string | undefined): boolean {
  return type === 'error' || type?.endsWith('_reply') === true;
}

/** What is known of a content of which only the ends were kept. */
export interface Edges {
  /** The first {@link EDGE_BYTES} of it. */
  readonly head: Uint8Array;
  /** The last. */
  readonly tail: Uint8Array;
  /** Of all of it. */
  readonly byteLength: number;
}

/** What stands for an output that is too long. */
export function overlongNotice(type: string | undefined, edges: Edges): JsonObject {
  const head = decoder.decode(edges.head);
  const both = head + decoder.decode(edges.tail);
  // Of several contents the long one is the last that begins near the beginning.
  const what = [...head.matchAll(/"([a-z]+\/[\w.+-]+)":/g)].at(-1)?.[1] ?? type ?? 'message';
  const count = /"execution_count":\s*(\d+)/.exec(both)?.[1];
  const displayId = stringIn(both, 'display_id');
  return {
    data: { 'text/plain': `[${what} of ${leftOut(edges.byteLength)}` },
    metadata: {},
    execution_count: count === undefined ? null : Number(count),
    transient: displayId === undefined ? {} : { display_id: displayId },
  };
}

/**
 * The content of a long stream message as several shorter ones, which mean the same. Undefined when it is no stream as
 * the protocol has it.
 */
export function streamPieces(
  content: Uint8Array,
  pieceBytes: number,
): Generator<JsonObject, void> | undefined {
  const stream = LongStream.open(content, content.subarray(-EDGE_BYTES));
  return stream?.endsIn(content) !== true ? undefined : piecesOf(stream, content, pieceBytes);
}

function* piecesOf(stream: LongStream, content: Uint8Array, pieceBytes: number): Generator<JsonObject, void> {
  for (let at = 0; at < content.byteLength; at += pieceBytes) {
    const piece = stream.read(content.subarray(at, at + pieceBytes));
    if (piece !== undefined) yield piece;
  }
}

function leftOut(bytes: number): string {
  return `${sizeText(bytes)} left out here: more than output-limit allows]`;
}

/** From a key on, which may stand between two long values; within a string its quotes would be escaped. */
function textFrom(content: Uint8Array, key: string): string {
  const at = Buffer.from(content.buffer, content.byteOffset, content.byteLength).indexOf(key);
  return at < 0 ? '' : decoder.decode(content.subarray(at, at + EDGE_BYTES));
}
