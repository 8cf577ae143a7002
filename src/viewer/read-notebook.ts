import type { Cell, Json, JsonObject, Notebook, Output } from '../notebook/types.ts';

/**
 * The notebook of a file's text, with texts joined and what is missing filled in, whatever the file holds. Numbers are
 * what JavaScript makes of them. Throws when the text is no JSON.
 */
export function readNotebook(text: string): Notebook {
  const document = record(parse(text));
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: record(document['metadata']),
    cells: list(document['cells']).map(readCell),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Python writes numbers that JSON has not.
    const readable = text.replace(/(?<=[[:,]\s*)-?(?:NaN|Infinity)(?=\s*[,\]}])/g, 'null');
    if (readable === text) throw error;
    return JSON.parse(readable) as unknown;
  }
}

function readCell(value: unknown): Cell {
  const cell = record(value);
  const type = cell['cell_type'];
  const count = cell['execution_count'];
  const id = cell['id'];
  return {
    cell_type: type === 'markdown' || type === 'raw' ? type : 'code',
    ...(typeof id === 'string' ? { id } : {}),
    metadata: record(cell['metadata']),
    source: joined(cell['source']) ?? '',
    execution_count: typeof count === 'number' ? count : null,
    outputs: list(cell['outputs']).map(readOutput),
    attachments: record(cell['attachments']),
  };
}

function readOutput(value: unknown): Output {
  const output = record(value);
  const metadata = record(output['metadata']);
  const count = output['execution_count'];
  const execution_count = typeof count === 'number' ? count : null;
  switch (text(output['output_type'])) {
    case 'stream':
      return {
        output_type: 'stream',
        name: text(output['name']) || 'stdout',
        text: joined(output['text']) ?? '',
      };
    case 'error':
      return {
        output_type: 'error',
        ename: text(output['ename']),
        evalue: text(output['evalue']),
        traceback: list(output['traceback']).map(text),
      };
    case 'execute_result':
      return { output_type: 'execute_result', data: bundle(output['data']), metadata, execution_count };
    default:
      return { output_type: 'display_data', data: bundle(output['data']), metadata };
  }
}

/** Texts joined; JSON kept as it is, also when it happens to be a list of texts. */
function bundle(value: unknown): JsonObject {
  const entries = Object.entries(record(value)).map(([type, content]) => {
    const isJson = type === 'application/json' || type.endsWith('+json');
    return [type, isJson ? content : (joined(content) ?? content)] as const;
  });
  return Object.fromEntries<Json>(entries as [string, Json][]);
}

function record(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function joined(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : undefined;
}
