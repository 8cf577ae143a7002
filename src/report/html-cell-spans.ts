import { isJsonObject } from '../notebook/json-shape.ts';
import type { Json } from '../notebook/types.ts';
import type { CellSpan } from './html-data.ts';

/** When each cell of an executed notebook ran, by the times that its kernel reported. Takes any JSON. */
export function cellSpans(notebook: Json, batchStartedAt: string): readonly CellSpan[] {
  const start = Date.parse(batchStartedAt);
  const cells = isJsonObject(notebook) && Array.isArray(notebook['cells']) ? notebook['cells'] : [];
  return cells.flatMap((cell): CellSpan[] => {
    if (!isJsonObject(cell) || !isJsonObject(cell['metadata'])) return [];
    const { execution } = cell['metadata'];
    if (!isJsonObject(execution)) return [];
    const began = time(execution['iopub.status.busy'] ?? execution['iopub.execute_input']);
    const ended = time(execution['iopub.status.idle'] ?? execution['shell.execute_reply']);
    if (began === undefined || ended === undefined || ended < began) return [];
    const count = cell['execution_count'];
    return [[began - start, ended - start, typeof count === 'number' ? count : null]];
  });
}

function time(value: Json | undefined): number | undefined {
  const parsed = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
