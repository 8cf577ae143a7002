import { isJsonObject } from '../notebook/json-shape.ts';
import { plainText } from '../notebook/plain-text.ts';
import type { Cell, Notebook, Output } from '../notebook/types.ts';
import { firstUnits } from './cut-text.ts';
import type { FailureDigest } from './publication.ts';

const MAX_SOURCE_LINES = 12;
const MAX_LAST_LINES = 60;
const MAX_LINE_CHARS = 2_000;

/** The first cell that failed, and what was printed last before; undefined when none did. */
export function digestFailure({ cells }: Notebook): FailureDigest | undefined {
  const index = cells.findIndex(hasFailed);
  const cell = cells[index];
  if (cell === undefined) return undefined;
  // A cell that failed without a word: the one before may have said what it was about to do.
  const printing = cells.slice(0, index + 1).findLast((candidate) => printedLines(candidate).length > 0);
  return {
    source: cell.source.split('\n').slice(0, MAX_SOURCE_LINES).map(short),
    lastLines: printing === undefined ? [] : printedLines(printing).slice(-MAX_LAST_LINES).map(short),
  };
}

/** papermill's metadata also know the cells that ended without an error: by a time limit, or with their kernel. */
function hasFailed({ metadata, outputs = [] }: Cell): boolean {
  const { papermill } = metadata;
  const stamped =
    isJsonObject(papermill) && (papermill['exception'] === true || papermill['status'] === 'failed');
  return stamped || outputs.some(({ output_type: type }) => type === 'error');
}

function printedLines({ outputs = [] }: Cell): string[] {
  const error = outputs.findIndex(({ output_type: type }) => type === 'error');
  const before = error === -1 ? outputs : outputs.slice(0, error);
  const text = before.map(printed).join('').trimEnd();
  return text === '' ? [] : text.split('\n');
}

/** Long texts are cut at their beginning: only the last lines are asked for. */
function printed(output: Output): string {
  return output.output_type === 'stream' ? plainText(output.text.slice(-200_000)) : '';
}

function short(line: string): string {
  return firstUnits(line, MAX_LINE_CHARS);
}
