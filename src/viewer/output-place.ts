import type { Cell, Notebook } from '../notebook/types.ts';

/** Where an output stands: what it is called, and the notebook that may hold what it needs. */
export interface OutputPlace {
  readonly notebook: Notebook;
  readonly cell: Cell;
  /** For instance `Output of cell 4`. */
  readonly title: string;
}
