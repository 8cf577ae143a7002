import type { Json, JsonObject } from '../../src/notebook/types.ts';

export type Oracle = 'nbclient' | 'papermill';

/** How a run ended; the error's name and text when it failed by one. */
export interface End {
  status: string;
  ename?: string;
  evalue?: string;
}

/** A cell as canonical.py writes it; numbers that JavaScript would change are texts. */
export interface CanonicalCell {
  cell_type: string;
  id?: string;
  metadata: { tags?: string[]; papermill?: JsonObject; execution?: JsonObject; [key: string]: unknown };
  outputs?: JsonObject[];
  execution_count?: number | null;
  [key: string]: unknown;
}

export interface CanonicalNotebook {
  nbformat_minor?: number;
  metadata: { papermill?: JsonObject; widgets?: Json; [key: string]: unknown };
  cells: CanonicalCell[];
  /** What nbformat's validator has against it and not against its source. */
  invalid: string[];
}

/** What one program made of one run. */
export interface Executed {
  end: End;
  notebook: CanonicalNotebook;
}

const MARKER = 'papermill-error-cell-tag';
const STYLE = 'style="color:red; font-family:Helvetica Neue, Helvetica, Arial, sans-serif; font-size:2em;"';

export function isMarker(cell: CanonicalCell): boolean {
  return cell.metadata.tags?.includes(MARKER) === true;
}

/** A result without what nbclient does not do: papermill's metadata and markers, nbformat 4.5 with its ids. */
export function asNbclientWouldSay(executed: Executed): Executed {
  const { end, notebook } = structuredClone(executed);
  notebook.cells = notebook.cells.filter((cell) => !isMarker(cell));
  delete notebook.nbformat_minor;
  delete notebook.metadata.papermill;
  for (const cell of notebook.cells) {
    delete cell.id;
    delete cell.metadata.papermill;
    if (cell.metadata.tags?.length === 0) delete cell.metadata.tags;
  }
  return { end, notebook };
}

/** The cell at this position of the source. */
export function cellAt({ notebook }: Executed, index: number): CanonicalCell {
  const cell = notebook.cells.filter((candidate) => !isMarker(candidate))[index];
  if (cell === undefined) throw new RangeError(`there is no cell ${index}`);
  return cell;
}

export function addOutput(executed: Executed, index: number, output: JsonObject): void {
  cellAt(executed, index).outputs?.push(output);
}

export function errorOutput(ename: string, evalue: string): JsonObject {
  return { output_type: 'error', ename, evalue, traceback: [] };
}

/** Makes the cells from this position on what they are when nobody has executed them. */
export function neverReached(executed: Executed, from: number): void {
  const cells = executed.notebook.cells.filter((cell) => !isMarker(cell));
  for (const cell of cells.slice(from)) {
    delete cell.metadata.execution;
    if (cell.metadata.papermill !== undefined) {
      const never = { duration: null, end_time: null, exception: null, start_time: null };
      cell.metadata.papermill = { ...never, status: 'pending' };
    }
    if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  }
}

/** Writes into papermill's metadata that this cell failed, and the run with it. */
export function failed(executed: Executed, index: number): void {
  stamp(executed, index, { exception: true, status: 'failed' });
  if (executed.notebook.metadata.papermill) executed.notebook.metadata.papermill['exception'] = true;
}

/** Writes into papermill's metadata that this cell did what it should, and so did the run. */
export function succeeded(executed: Executed, index: number): void {
  stamp(executed, index, { exception: false, status: 'completed' });
  if (executed.notebook.metadata.papermill) executed.notebook.metadata.papermill['exception'] = null;
}

function stamp(executed: Executed, index: number, changes: JsonObject): void {
  const { papermill } = cellAt(executed, index).metadata;
  if (papermill) Object.assign(papermill, changes);
}

export function withoutMarkers({ notebook }: Executed): void {
  notebook.cells = notebook.cells.filter((cell) => !isMarker(cell));
}

/** Adds papermill's two markers, with the texts that papermill gives them, before the cell at this position. */
export function withMarkers(executed: Executed, index: number): void {
  const { notebook } = executed;
  if (notebook.metadata.papermill === undefined) return; // nbclient has none
  const failing = cellAt(executed, index);
  const at = notebook.cells.indexOf(failing);
  const link = `<a href="#papermill-error-cell">In [${failing.execution_count ?? ' '}]</a>`;
  const heading = `<span ${STYLE}>An Exception was encountered at '${link}'.</span>`;
  const target = `<span id="papermill-error-cell" ${STYLE}>Execution using papermill encountered an exception here and stopped:</span>`;
  notebook.cells.splice(at, 0, marker(target));
  notebook.cells.unshift(marker(heading));
}

function marker(source: string): CanonicalCell {
  return { cell_type: 'markdown', id: '<made>', metadata: { tags: [MARKER] }, source };
}
