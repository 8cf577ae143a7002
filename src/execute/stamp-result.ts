import type { RunResult } from '../model.ts';
import { markFailure } from '../notebook/error-markers.ts';
import type { Notebook } from '../notebook/types.ts';
import type { AttemptRecord } from './attempt-record.ts';

/** The notebook as it is left on disk: the failing cell marked as papermill marks it, lost output accounted for. */
export function stampResult(record: AttemptRecord, result: RunResult): Notebook {
  const { notebook } = record.prepared;
  if (result.output.kind !== 'complete')
    notebook.metadata['parallel_notebooks'] = { output: { ...result.output } };
  const { error } = record;
  const failing = error?.cell === undefined ? -1 : notebook.cells.indexOf(error.cell);
  return failing === -1 ? notebook : markFailure(notebook, failing);
}
