import { parseJson } from '../notebook/json.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import type { Json, JsonObject, KernelMessage } from '../notebook/types.ts';
import { readOverlong, streamPieces } from './overlong-message.ts';

/** Binary framing of the Jupyter server: an offset table, then channel, header, parent, metadata, content, buffers. */
export const V1_PROTOCOL = 'v1.kernel.websocket.jupyter.org';

/** V8's longest string has 512 MiB of characters, and parsing needs several times the text. */
const LONGEST_CONTENT_BYTES = 384 * 1024 * 1024;
/** JSON takes at most six bytes for one of a text (`\u001b`): what is longer is beyond its limit for certain. */
const BYTES_PER_BYTE = 6;
const ROOM_BYTES = 1024 * 1024;
/** Streams come in pieces of this, so that none needs much memory, or more than a string holds. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Reads one websocket message, long streams as several. Whatever a kernel sends, this repairs or gives up (no message)
 * and never throws: an exception in the socket's handler would cost the connection. A content far beyond the limits is
 * never made into a string; a notice stands for it.
 */
export function* readKernelMessage(
  data: ArrayBuffer | string,
  protocol: string,
  limits: OutputLimits = {},
): Generator<KernelMessage, void> {
  let raw: RawMessage;
  try {
    raw = protocol === V1_PROTOCOL ? readFrames(data as ArrayBuffer, limits) : readDefault(data);
  } catch {
    return;
  }
  const message = repair(raw);
  if (message === undefined) return;
  yield message;
  for (const content of raw.rest ?? []) yield { ...message, content, continues: true };
}

interface RawMessage {
  readonly channel: unknown;
  readonly header: Json;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Uint8Array[];
  readonly overlong?: true;
  /** Further contents of the same message. */
  readonly rest?: Iterable<JsonObject>;
}

function readFrames(data: ArrayBuffer, limits: OutputLimits): RawMessage {
  const view = new DataView(data);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, at) => Number(view.getBigUint64(8 * (at + 1), true)));
  const frame = (at: number): Uint8Array =>
    new Uint8Array(data, offsets[at] ?? 0, (offsets[at + 1] ?? 0) - (offsets[at] ?? 0));
  const header = jsonOf(frame(1));
  const content = frame(4);
  const type = stringOf(objectOf(header)['msg_type']);
  const long = type === 'stream' && content.byteLength > 4 * PIECE_BYTES;
  const pieces = long ? streamPieces(content, PIECE_BYTES) : undefined;
  const overlong = pieces === undefined && content.byteLength > longestContent(type, limits);
  return {
    channel: textOf(frame(0)),
    header,
    parent: jsonOf(frame(2)),
    metadata: jsonOf(frame(3)),
    content: pieces?.next().value ?? (overlong ? readOverlong(type, content) : jsonOf(content)),
    buffers: Array.from({ length: Math.max(0, count - 6) }, (_, at) => frame(5 + at).slice()),
    ...(overlong ? { overlong } : {}),
    ...(pieces === undefined ? {} : { rest: pieces }),
  };
}

function longestContent(type: string | undefined, { outputBytes, notebookBytes }: OutputLimits): number {
  const limit = type?.startsWith('comm_') === true ? notebookBytes : outputBytes;
  const longest = limit === undefined || limit === 0 ? Infinity : limit * BYTES_PER_BYTE + ROOM_BYTES;
  return Math.min(longest, LONGEST_CONTENT_BYTES);
}

/** The framing of servers before v1: JSON text, or JSON behind a table of big-endian offsets when it has buffers. */
function readDefault(data: ArrayBuffer | string): RawMessage {
  if (typeof data === 'string') return { ...partsOf(parseJson(data)), buffers: [] };
  const view = new DataView(data);
  const count = view.getUint32(0);
  const offsets = Array.from({ length: count }, (_, at) => view.getUint32(4 * (at + 1)));
  const frames = offsets.map((from, at) => new Uint8Array(data.slice(from, offsets[at + 1])));
  return { ...partsOf(jsonOf(frames[0] ?? new Uint8Array())), buffers: frames.slice(1) };
}

function partsOf(message: Json): Omit<RawMessage, 'buffers'> {
  const { channel, header, parent_header, metadata, content } = objectOf(message);
  return {
    channel,
    header: header ?? {},
    parent: parent_header ?? {},
    metadata: metadata ?? {},
    content: content ?? {},
  };
}

function repair(raw: RawMessage): KernelMessage | undefined {
  const header = objectOf(raw.header);
  const { channel } = raw;
  if (channel !== 'shell' && channel !== 'iopub' && channel !== 'control' && channel !== 'stdin')
    return undefined;
  return {
    channel,
    type: stringOf(header['msg_type']) ?? '',
    id: stringOf(header['msg_id']) ?? '',
    parentId: stringOf(objectOf(raw.parent)['msg_id']),
    parentType: stringOf(objectOf(raw.parent)['msg_type']),
    date: stringOf(header['date']),
    content: objectOf(raw.content),
    metadata: objectOf(raw.metadata),
    buffers: raw.buffers,
    ...(raw.overlong === true ? { overlong: true } : {}),
  };
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const decoder = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function jsonOf(bytes: Uint8Array): Json {
  return parseJson(textOf(bytes));
}
