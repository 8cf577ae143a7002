import { isJsonObject, joinedText } from './json-shape.ts';
import { isJsonMime } from './mime-types.ts';
import { NotebookFormatError } from './notebook-format-error.ts';
import type { Cell, Json, JsonObject, MimeBundle, Output } from './types.ts';
import { withoutTransient } from './without-transient.ts';

/** A cell as it is in memory: texts joined, what may be missing filled in. `index` is for the message of the NotebookFormatError. */
export function parseCell(cell: Json, index: number): Cell {
  const wrong = (what: string) => new NotebookFormatError(`cells[${index}]${what}`);
  if (!isJsonObject(cell)) throw wrong(' is not an object.');
  const { cell_type: type, metadata = {}, source: lines = '', attachments } = cell;

  if (type !== 'code' && type !== 'markdown' && type !== 'raw') {
    throw wrong(
      `.cell_type is ${type === undefined ? 'missing' : JSON.stringify(type)}, expected "code", "markdown" or "raw".`,
    );
  }
  if (!isJsonObject(metadata)) throw wrong('.metadata is not an object. Write "metadata": {}');
  const source = joinedText(lines);
  if (source === undefined) throw wrong('.source is neither a text nor a list of lines.');

  const parsed: Cell = { ...cell, cell_type: type, metadata: withoutTransient(metadata, 'cell'), source };
  if (isJsonObject(attachments)) parsed['attachments'] = mapValues(attachments, joinBundle);
  if (type !== 'code') return parsed;

  const { outputs = [], execution_count: count = null } = cell;
  if (!Array.isArray(outputs)) throw wrong('.outputs is not a list. Write "outputs": []');
  parsed.outputs = outputs.map((output, position) => {
    if (isJsonObject(output)) return parseOutput(output);
    throw wrong(
      `.outputs[${position}] is not an object. Clear the outputs of this cell in Jupyter and save.`,
    );
  });
  parsed.execution_count = count as number | null;
  return parsed;
}

/** Outputs of types that we do not know are kept as they are. */
function parseOutput(output: JsonObject): Output {
  const { output_type: type, data, text } = output;
  const parsed = { ...output };
  if (type === 'execute_result' || type === 'display_data') {
    if (data !== undefined) parsed['data'] = joinBundle(data);
  } else {
    const joined = joinedText(text);
    if (joined !== undefined) parsed['text'] = joined;
  }
  return parsed as unknown as Output;
}

function joinBundle(bundle: Json): Json {
  if (!isJsonObject(bundle)) return bundle;
  return mapValues(bundle, (content, mime) =>
    isJsonMime(mime) ? content : (joinedText(content) ?? content),
  );
}

function mapValues(object: JsonObject, change: (value: Json, key: string) => Json): MimeBundle {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
