import { parseJson } from '../notebook/json.ts';
import type { Json, JsonObject, KernelMessage } from '../notebook/types.ts';

/** Binary framing of the Jupyter server: an offset table, then channel, header, parent, metadata, content, buffers. */
export const V1_PROTOCOL = 'v1.kernel.websocket.jupyter.org';

/**
 * A longer content is never made into a string: V8's longest string has 512 MiB of characters, and parsing
 * needs several times the text. What was too long becomes a notice.
 */
export const LONGEST_CONTENT_BYTES = 384 * 1024 * 1024;

/**
 * Reads one websocket message. Whatever a kernel sends, this repairs or gives up (undefined) and never throws:
 * an exception in the socket's handler would cost the connection.
 */
export function readKernelMessage(data: ArrayBuffer | string, protocol: string): KernelMessage | undefined {
  try {
    return repair(protocol === V1_PROTOCOL ? readFrames(data as ArrayBuffer) : readDefault(data));
  } catch {
    return undefined;
  }
}

interface RawMessage {
  readonly channel: unknown;
  readonly header: Json;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Uint8Array[];
}

function readFrames(data: ArrayBuffer): RawMessage {
  const view = new DataView(data);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, at) => Number(view.getBigUint64(8 * (at + 1), true)));
  const frame = (at: number): Uint8Array =>
    new Uint8Array(data, offsets[at] ?? 0, (offsets[at + 1] ?? 0) - (offsets[at] ?? 0));
  const header = jsonOf(frame(1));
  const content = frame(4);
  return {
    channel: textOf(frame(0)),
    header,
    parent: jsonOf(frame(2)),
    metadata: jsonOf(frame(3)),
    content: content.byteLength > LONGEST_CONTENT_BYTES ? tooLong(header, content) : jsonOf(content),
    buffers: Array.from({ length: Math.max(0, count - 6) }, (_, at) => frame(5 + at).slice()),
  };
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

/** Enough of an overlong message to say what it was. */
function tooLong(header: Json, content: Uint8Array): JsonObject {
  const megabytes = `${Math.round(content.byteLength / 1e6)} MB`;
  const type = objectOf(header)['msg_type'];
  const head = textOf(content.subarray(0, 1000));
  if (type === 'stream') {
    const name = /"name":\s*"(\w+)"/.exec(head)?.[1] ?? 'stdout';
    return { name, text: `[${megabytes} of ${name} in one message: too long to keep]\n` };
  }
  const notice = `[${stringOf(type) ?? 'message'} of ${megabytes}: too long to keep]`;
  return { data: { 'text/plain': notice }, metadata: {}, execution_count: null };
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
