import { isJsonObject, joinedText } from './json-shape.ts';
import { isJsonMime } from './mime-types.ts';
import { isRawNumber } from './raw-number.ts';
import type {
  DisplayDataOutput,
  ErrorOutput,
  ExecuteResultOutput,
  Json,
  JsonObject,
  MimeBundle,
  Output,
} from './types.ts';
import { NBFORMAT_LAYOUT, type Writable, writeJson } from './write-json.ts';

/** A message's output, and whether the message had to be repaired for it. */
export interface FromMessage<Kind> {
  readonly output: Kind;
  readonly repaired: boolean;
}

/** The types of messages that are outputs. */
export function isOutputType(type: string): type is Output['output_type'] {
  return Object.hasOwn(READERS, type);
}

/** The output a message holds, as nbformat's schema wants it; undefined when nothing can be made of it. */
export function outputFromMessage(
  type: Output['output_type'],
  content: JsonObject,
): FromMessage<Output> | undefined {
  return READERS[type](content);
}

/** `data` and `metadata` of a display, a result or an update. */
export function displayFromContent(content: JsonObject): FromMessage<DisplayDataOutput> | undefined {
  const { data, metadata } = content;
  if (!isJsonObject(data)) return undefined;
  const bundle = validBundle(data);
  return {
    output: {
      output_type: 'display_data',
      data: bundle ?? data,
      metadata: isJsonObject(metadata) ? metadata : {},
    },
    repaired: bundle !== undefined || !isJsonObject(metadata),
  };
}

/** An error from a message or from an execute_reply; what is missing is empty. */
export function errorFromContent(content: JsonObject): FromMessage<ErrorOutput> {
  const { ename, evalue, traceback } = content;
  const lines = Array.isArray(traceback)
    ? traceback.map(textOf)
    : typeof traceback === 'string'
      ? [traceback]
      : [];
  return {
    output: {
      output_type: 'error',
      ename: typeof ename === 'string' ? ename : 'Error',
      evalue: evalue === undefined || evalue === null ? '' : textOf(evalue),
      traceback: lines,
    },
    repaired: typeof ename !== 'string' || typeof evalue !== 'string' || !Array.isArray(traceback),
  };
}

/** A prompt number; undefined for what nbformat would not have as one. */
export function executionCountOf(value: unknown): number | null | undefined {
  if (value === null) return null;
  const count = isRawNumber(value) ? Number(value.rawJSON) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

const READERS: {
  readonly [Type in Output['output_type']]: (content: JsonObject) => FromMessage<Output> | undefined;
} = {
  stream: ({ name, text }) => {
    const joined =
      joinedText(text) ?? (typeof text === 'number' || typeof text === 'boolean' ? textOf(text) : undefined);
    if (joined === undefined) return undefined;
    const named = typeof name === 'string' && name !== '';
    return {
      output: { output_type: 'stream', name: named ? name : 'stdout', text: joined },
      repaired: !named || typeof text !== 'string',
    };
  },
  display_data: displayFromContent,
  execute_result: (content) => {
    const display = displayFromContent(content);
    if (!display) return undefined;
    const count = executionCountOf(content['execution_count'] ?? null);
    const output: ExecuteResultOutput = {
      ...display.output,
      output_type: 'execute_result',
      execution_count: count ?? null,
    };
    return { output, repaired: display.repaired || count === undefined };
  },
  error: errorFromContent,
};

/** The bundle made valid, or undefined when it is. Content that must be text becomes text; null is no content. */
function validBundle(data: JsonObject): MimeBundle | undefined {
  const entries = Object.entries(data);
  if (entries.every(([mime, content]) => isJsonMime(mime) || typeof content === 'string')) return undefined;
  return Object.fromEntries(
    entries.flatMap(([mime, content]) => {
      if (isJsonMime(mime)) return [[mime, content]];
      return content === null ? [] : [[mime, joinedText(content) ?? textOf(content)]];
    }),
  );
}

function textOf(value: Json): string {
  return typeof value === 'string'
    ? value
    : [...writeJson(value as Writable, { ...NBFORMAT_LAYOUT, indent: undefined })].join('');
}
