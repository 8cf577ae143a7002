import type { Notebook, Output } from '../../src/notebook/types.ts';

/** Outputs as a notebook holds them, in short. */
export const outputsOf = (notebook: Notebook) => notebook.cells.map((cell) => cell.outputs);
export const stream = (text: string, name = 'stdout'): Output => ({ output_type: 'stream', name, text });
export const display = (text: string): Output => ({
  output_type: 'display_data',
  data: { 'text/plain': text },
  metadata: {},
});
export const result = (text: string, count: number): Output => ({
  output_type: 'execute_result',
  data: { 'text/plain': text },
  metadata: {},
  execution_count: count,
});
export const error: Output = {
  output_type: 'error',
  ename: 'ValueError',
  evalue: 'no',
  traceback: ['line 1', 'line 2'],
};
