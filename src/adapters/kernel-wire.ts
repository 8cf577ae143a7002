import { parseJson } from '../notebook/json.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import type { Json, JsonObject, KernelMessage } from '../notebook/types.ts';
import { longestContent, MessageParts, type Read } from './message-parts.ts';
import { readOverlong, streamPieces } from './overlong-message.ts';

/** Binary framing of the Jupyter server: an offset table, then channel, header, parent, metadata, content, buffers. */
export const V1_PROTOCOL = 'v1.kernel.websocket.jupyter.org';

/** Behind the name of a channel: only part of a content follows, and in a last frame where it begins and how long all is. */
const PART_SUFFIX = '/part';
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
  parts = new MessageParts(limits),
): Generator<KernelMessage, void> {
  let raw: RawMessage | undefined;
  try {
    raw = protocol === V1_PROTOCOL ? readFrames(data as ArrayBuffer, limits, parts) : readDefault(data);
  } catch {
    return;
  }
  const message = raw === undefined ? undefined : repair(raw);
  if (message === undefined) return;
  yield message;
  for (const content of raw?.rest ?? []) yield { ...message, content, uncounted: true };
}

interface RawMessage {
  readonly channel: unknown;
  readonly header: Json;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Uint8Array[];
  readonly overlong?: true;
  readonly uncounted?: true;
  /** Further contents of the same message. */
  readonly rest?: Iterable<JsonObject>;
}

function readFrames(data: ArrayBuffer, limits: OutputLimits, parts: MessageParts): RawMessage | undefined {
  const view = new DataView(data);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, at) => Number(view.getBigUint64(8 * (at + 1), true)));
  const frames = offsets
    .slice(0, -1)
    .map((from, at) => new Uint8Array(data, from, (offsets[at + 1] ?? 0) - from));
  const [name = NONE, head = NONE, parent = NONE, metadata = NONE, content = NONE, ...others] = frames;
  const channel = textOf(name);
  const header = jsonOf(head);
  const isPart = channel.endsWith(PART_SUFFIX);
  const type = stringOf(objectOf(header)['msg_type']);
  const place = isPart ? others.pop() : undefined;
  const read =
    place === undefined
      ? readContent(content, type, limits)
      : parts.take({ type, ...partOf(content, place) });
  if (read === undefined) return undefined;
  return {
    ...read,
    channel: isPart ? channel.slice(0, -PART_SUFFIX.length) : channel,
    header,
    parent: jsonOf(parent),
    metadata: jsonOf(metadata),
    content: read.content instanceof Uint8Array ? jsonOf(read.content) : read.content,
    buffers: others.map((frame) => frame.slice()),
  };
}

function readContent(
  content: Uint8Array,
  type: string | undefined,
  limits: OutputLimits,
): Read & Pick<RawMessage, 'rest'> {
  const long = type === 'stream' && content.byteLength > 4 * PIECE_BYTES;
  const rest = long ? streamPieces(content, PIECE_BYTES) : undefined;
  if (rest !== undefined) return { content: rest.next().value ?? {}, rest };
  if (content.byteLength <= longestContent(type, limits)) return { content };
  return { content: readOverlong(type, content), overlong: true };
}

function partOf(bytes: Uint8Array, place: Uint8Array): { bytes: Uint8Array; from: number; of: number } {
  const view = new DataView(place.buffer, place.byteOffset, place.byteLength);
  return { bytes, from: Number(view.getBigUint64(0, true)), of: Number(view.getBigUint64(8, true)) };
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
    ...(raw.uncounted === true ? { uncounted: true } : {}),
  };
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const NONE = new Uint8Array();
const decoder = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function jsonOf(bytes: Uint8Array): Json {
  return parseJson(textOf(bytes));
}
