import { isJsonObject } from './json-shape.ts';
import { isSplitMime } from './mime-types.ts';
import { splitLines } from './split-lines.ts';
import type { Cell, Notebook, Output } from './types.ts';
import { withoutTransient } from './without-transient.ts';
import { NBFORMAT_LAYOUT, type Writable, writeJson } from './write-json.ts';

export interface SerialiseOptions {
  /** Called for every text in which half a surrogate pair, which UTF-8 cannot hold, became U+FFFD. */
  readonly onRepair?: () => void;
}

/**
 * The text of the .ipynb file in pieces, byte for byte as nbformat writes it: indent 1, sorted keys, texts as
 * lists of lines, a final newline. The notebook may be longer than one JavaScript string.
 */
export function* serialiseNotebook(notebook: Notebook, options?: SerialiseOptions): Generator<string, void> {
  const file = {
    ...notebook,
    metadata: withoutTransient(notebook.metadata, 'notebook'),
    // One at a time: all at once would be a copy of the notebook.
    cells: () => notebook.cells.values().map(cellForFile),
  };
  yield* writeJson(file as Writable, { ...NBFORMAT_LAYOUT, ...options });
  yield '\n';
}

/** The same text as one string. Throws RangeError when it is too long for one (about 512 MB). */
export function notebookText(notebook: Notebook, options?: SerialiseOptions): string {
  return [...serialiseNotebook(notebook, options)].join('');
}

type Shape = Record<string, Writable>;

function cellForFile(cell: Cell): Writable {
  const { attachments, outputs, ...rest } = cell;
  return {
    ...(rest as Shape),
    metadata: withoutTransient(cell.metadata, 'cell'),
    source: lines(cell.source),
    ...(attachments === undefined ? {} : { attachments: attachmentsForFile(attachments) }),
    ...(outputs === undefined ? {} : { outputs: () => outputs.values().map(outputForFile) }),
  };
}

function attachmentsForFile(attachments: unknown): Writable {
  if (!isJsonObject(attachments)) return attachments as Writable;
  return Object.fromEntries(
    Object.entries(attachments).map(([name, bundle]) => [name, bundleForFile(bundle)]),
  );
}

function outputForFile(output: Output): Writable {
  if (output.output_type === 'stream') return { ...(output as unknown as Shape), text: lines(output.text) };
  if (output.output_type === 'error') return output as unknown as Writable;
  return { ...(output as unknown as Shape), data: bundleForFile(output.data) };
}

function bundleForFile(bundle: Writable): Writable {
  if (!isJsonObject(bundle)) return bundle;
  return Object.fromEntries(
    Object.entries(bundle).map(([mime, content]) => [mime, isSplitMime(mime) ? lines(content) : content]),
  );
}

/** Anything but a text stays as it is. */
function lines(content: Writable): Writable {
  return typeof content === 'string' ? () => splitLines(content) : content;
}
