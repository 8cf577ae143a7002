import { freshCellId, idsOf } from './cell-ids.ts';
import { hasTag } from './cell-tags.ts';
import { withoutErrorMarkers } from './error-markers.ts';
import type { Cell, CodeCell, Notebook } from './types.ts';

const PARAMETERS = 'parameters';
const INJECTED = 'injected-parameters';

/**
 * A notebook with the parameters' source as a cell, where papermill puts it: in place of the first
 * `injected-parameters` cell, else after the first `parameters` cell, else first of all. With nothing to inject, an
 * injected cell of an earlier execution stays. Error markers of an earlier execution are removed.
 */
export function injectParameters(notebook: Notebook, source: string | undefined): Notebook {
  const cells = withoutErrorMarkers(notebook.cells);
  if (source === undefined) return { ...notebook, cells };
  const cell = injectedCell(source, notebook.nbformat_minor, cells);
  const old = cells.findIndex((candidate) => hasTag(candidate, INJECTED));
  if (old !== -1) return { ...notebook, cells: cells.with(old, cell) };
  const after = cells.findIndex((candidate) => hasTag(candidate, PARAMETERS)) + 1;
  return { ...notebook, cells: cells.toSpliced(after, 0, cell) };
}

function injectedCell(source: string, minor: number, cells: readonly Cell[]): CodeCell {
  return {
    cell_type: 'code',
    // From the tag, not the source: the runs of a sweep then differ in nothing but their values.
    ...(minor >= 5 ? { id: freshCellId(INJECTED, idsOf(cells)) } : {}),
    metadata: { tags: [INJECTED] },
    source,
    outputs: [],
    execution_count: null,
  };
}
