import type { Cell, Notebook } from '../notebook/types.ts';
import type { ReportRun } from '../report/html-data.ts';
import { hasTag } from './cell-view.ts';

export interface NamedCell {
  readonly cell: Cell;
  /** What an address calls it: its execution count, its id, or `@` and its position from 1. */
  readonly key: string;
}

/** The cells to show. The marks that papermill puts around a failing cell are left out: the report has its own. */
export function shownCells(notebook: Notebook): readonly NamedCell[] {
  return notebook.cells.flatMap((cell, index) => {
    if (hasTag(cell, 'papermill-error-cell-tag')) return [];
    const key = cell.execution_count ?? cell.id ?? `@${index + 1}`;
    return [{ cell, key: String(key) }];
  });
}

/** The cell that ended the run; undefined when none did. */
export function failingCell(cells: readonly NamedCell[], { error }: ReportRun): NamedCell | undefined {
  if (error === null) return undefined;
  const code = cells.filter(({ cell }) => cell.cell_type === 'code');
  const stopped = code.find(({ cell }) => {
    const { papermill } = cell.metadata;
    return (
      typeof papermill === 'object' &&
      papermill !== null &&
      'exception' in papermill &&
      papermill['exception'] === true
    );
  });
  if (stopped !== undefined) return stopped;
  const { executionCount } = error;
  if (executionCount !== null) return code.find(({ cell }) => cell.execution_count === executionCount);
  return code.find(({ cell }) => (cell.outputs ?? []).some(({ output_type }) => output_type === 'error'));
}

export function languageOf({ metadata }: Notebook): string {
  const info = metadata['language_info'];
  const spec = metadata['kernelspec'];
  const name = nameIn(info, 'name') ?? nameIn(spec, 'language') ?? 'python';
  return name.toLowerCase();
}

function nameIn(value: unknown, key: string): string | undefined {
  const name =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof name === 'string' ? name : undefined;
}
