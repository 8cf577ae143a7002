import { withCellIds } from './cell-ids.ts';
import type { Notebook } from './types.ts';

/** The newest minor version of nbformat 4, and the first with cell ids. */
const NEWEST_MINOR = 5;

/** The notebook at nbformat 4.5, as papermill makes every notebook: each cell gets an id. Later minors stay. */
export function upgradeNotebook(notebook: Notebook): Notebook {
  return {
    ...notebook,
    nbformat_minor: Math.max(notebook.nbformat_minor, NEWEST_MINOR),
    cells: withCellIds(notebook.cells),
  };
}
