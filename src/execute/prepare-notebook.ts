import { hasTag } from '../notebook/cell-tags.ts';
import { injectParameters } from '../notebook/inject-parameters.ts';
import { parseNotebook } from '../notebook/parse-notebook.ts';
import type { CodeCell, JsonObject, Notebook } from '../notebook/types.ts';
import { upgradeNotebook } from '../notebook/upgrade-notebook.ts';

export interface PreparedNotebook {
  /** Ours to change: parameters injected, outputs of an earlier execution cleared. */
  readonly notebook: Notebook;
  /** Position of a cell in the source notebook's `cells`; undefined for a cell that was injected. */
  readonly sourceIndex: (cell: CodeCell) => number | undefined;
}

/** Makes the notebook that a run executes from the text of its source; throws NotebookFormatError. */
export function prepareNotebook(text: string, injectedSource: string | undefined): PreparedNotebook {
  const source = upgradeNotebook(parseNotebook(text));
  const positions = new Map(source.cells.map((cell, index) => [cell.id, index]));
  const notebook = injectParameters(source, injectedSource);
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue;
    cell.outputs = [];
    cell.execution_count = null;
  }
  return {
    notebook,
    sourceIndex: (cell) => (hasTag(cell, 'injected-parameters') ? undefined : positions.get(cell.id)),
  };
}

/** The cells that are executed, with their positions: code that is not blank and not tagged to be skipped. */
export function executableCells(notebook: Notebook): { cell: CodeCell; index: number }[] {
  return notebook.cells.flatMap((cell, index) =>
    isCode(cell) && cell.source.trim() !== '' && !hasTag(cell, 'skip-execution') ? [{ cell, index }] : [],
  );
}

/** Seconds in a notebook's or a cell's `metadata.execution.timeout`, as nbmake and jupyter-cache read it. */
export function metadataTimeoutMs(metadata: JsonObject): number | undefined {
  const { execution } = metadata;
  if (typeof execution !== 'object' || execution === null || !('timeout' in execution)) return undefined;
  const { timeout } = execution;
  return typeof timeout === 'number' && timeout > 0 ? timeout * 1000 : undefined;
}

function isCode(cell: Notebook['cells'][number]): cell is CodeCell {
  return cell.cell_type === 'code';
}
