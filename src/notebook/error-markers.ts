import { freshCellId, idsOf } from './cell-ids.ts';
import { hasTag } from './cell-tags.ts';
import type { Cell, Notebook } from './types.ts';

const MARKER = 'papermill-error-cell-tag';
const STYLE = 'style="color:red; font-family:Helvetica Neue, Helvetica, Arial, sans-serif; font-size:2em;"';

/**
 * The notebook with the two markdown cells by which papermill marks a failure: a heading with a link, and the link's
 * target right before the failing cell. Both are tagged, so that papermill and we find and remove them at the next run.
 */
export function markFailure(notebook: Notebook, cellIndex: number): Notebook {
  const count = notebook.cells[cellIndex]?.execution_count ?? ' ';
  const taken = idsOf(notebook.cells);
  const marker = (name: string, source: string): Cell => ({
    cell_type: 'markdown',
    ...(notebook.nbformat_minor >= 5 ? { id: freshCellId(name, taken) } : {}),
    metadata: { tags: [MARKER] },
    source,
  });
  // The texts are papermill's own: tools look for them.
  const heading = marker(
    'error-heading',
    `<span ${STYLE}>An Exception was encountered at '<a href="#papermill-error-cell">In [${count}]</a>'.</span>`,
  );
  const target = marker(
    'error-target',
    `<span id="papermill-error-cell" ${STYLE}>Execution using papermill encountered an exception here and stopped:</span>`,
  );
  return { ...notebook, cells: [heading, ...notebook.cells.toSpliced(cellIndex, 0, target)] };
}

/** The cells without the markers of an earlier failure. */
export function withoutErrorMarkers(cells: readonly Cell[]): Cell[] {
  return cells.filter((cell) => !hasTag(cell, MARKER));
}
