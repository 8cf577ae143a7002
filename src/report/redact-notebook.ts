import { isJsonMime } from '../notebook/mime-types.ts';
import type { Cell, MimeBundle, Notebook, Output } from '../notebook/types.ts';
import { jsonTexts } from './json-texts.ts';
import type { Redact } from './redact.ts';

/**
 * The notebook with its secrets hidden; the same object when there are none. Outputs are looked at one by one and then
 * together, because a secret may be cut into several of them. Images and other base64 are not looked into.
 */
export function redactNotebook(
  notebook: Notebook,
  redact: Redact,
): { readonly notebook: Notebook; readonly hits: number } {
  let hits = 0;
  const text: MapText = (original) => {
    const redacted = redact(original);
    hits += redacted.hits;
    return redacted.text;
  };
  let redacted: Notebook = {
    ...notebook,
    metadata: jsonTexts(notebook.metadata, text),
    cells: notebook.cells.map((cell) => redactCell(cell, text)),
  };
  const streams = new Set(notebook.cells.flatMap(({ outputs = [] }) => outputs.flatMap(streamName)));
  for (const name of [...streams, undefined]) {
    const together = (output: Output): boolean => name === undefined || streamName(output)[0] === name;
    const texts: string[] = [];
    mapOutputTexts(redacted, together, (piece) => {
      texts.push(piece);
      return piece;
    });
    const joined = redact.joined(texts);
    if (joined.hits === 0) continue;
    hits += joined.hits;
    const next = joined.texts.values();
    redacted = mapOutputTexts(redacted, together, () => next.next().value ?? '');
  }
  return hits === 0 ? { notebook, hits } : { notebook: redacted, hits };
}

type MapText = (text: string) => string;

function redactCell(cell: Cell, text: MapText): Cell {
  const { attachments } = cell;
  return {
    ...cell,
    metadata: jsonTexts(cell.metadata, text),
    source: text(cell.source),
    ...(cell.outputs === undefined
      ? {}
      : { outputs: cell.outputs.map((output) => outputTexts(output, text)) }),
    ...(typeof attachments === 'object' ? { attachments: attachmentTexts(attachments, text) } : {}),
  };
}

function mapOutputTexts(notebook: Notebook, accept: (output: Output) => boolean, text: MapText): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.outputs === undefined
        ? cell
        : {
            ...cell,
            outputs: cell.outputs.map((output) => (accept(output) ? outputTexts(output, text) : output)),
          },
    ),
  };
}

/** Calls `text` for every piece of text of an output, in one order. */
function outputTexts(output: Output, text: MapText): Output {
  switch (output.output_type) {
    case 'stream':
      return { ...output, text: text(output.text) };
    case 'error':
      return {
        ...output,
        ename: text(output.ename),
        evalue: text(output.evalue),
        traceback: output.traceback.map(text),
      };
    case 'display_data':
    case 'execute_result':
      return {
        ...output,
        data: bundleTexts(output.data, text),
        metadata: jsonTexts(output.metadata, text),
      };
  }
}

function bundleTexts(bundle: MimeBundle, text: MapText): MimeBundle {
  const entries = Object.entries(bundle).map(([mime, content]) =>
    isBase64(mime) && typeof content === 'string' ? [mime, content] : [mime, jsonTexts(content, text)],
  );
  return Object.fromEntries(entries) as MimeBundle;
}

function attachmentTexts(attachments: object | null, text: MapText): unknown {
  if (attachments === null) return null;
  const entries = Object.entries(attachments) as [string, MimeBundle | string | null][];
  return Object.fromEntries(
    entries.map(([name, bundle]) => [
      name,
      typeof bundle === 'object' && bundle !== null ? bundleTexts(bundle, text) : bundle,
    ]),
  );
}

/** nbformat's rule: what is neither text nor JSON. */
function isBase64(mime: string): boolean {
  return (
    !isJsonMime(mime) &&
    /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|octet-stream))/.test(mime)
  );
}

function streamName(output: Output): string[] {
  return output.output_type === 'stream' ? [output.name] : [];
}
