/** Executed notebooks as kernels leave them, with the outputs that a report can show. */
import type { Cell, Notebook, Output } from '../../src/notebook/types.ts';

export function aNotebook(cells: readonly Cell[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: 'python' } },
    cells: [...cells],
  };
}

/** A code cell, executed as the `count`th. */
export function aCell(
  count: number,
  source: string,
  outputs: readonly Output[],
  papermill: { readonly duration: number; readonly exception?: boolean } = { duration: 0.4 },
): Cell {
  const status = papermill.exception === true ? 'failed' : 'completed';
  const metadata = { papermill: { exception: false, ...papermill, status } };
  return { cell_type: 'code', metadata, source, execution_count: count, outputs: [...outputs] };
}

export function stdout(text: string): Output {
  return { output_type: 'stream', name: 'stdout', text };
}

export function display(data: Record<string, string>): Output {
  return { output_type: 'display_data', data, metadata: {} };
}

export const FIGURE = display({
  'image/png': 'iVBORw0KGgo=',
  'text/plain': '<Figure size 640x480 with 1 Axes>',
});

/** A DataFrame as pandas sends it. */
export function dataFrame(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Output {
  const body = rows.map(
    ([index = '', ...cells]) =>
      `<tr>\n<th>${index}</th>\n${cells.map((cell) => `<td>${cell}</td>`).join('\n')}\n</tr>`,
  );
  const heads = header.map((name) => `<th>${name}</th>`).join('\n');
  return display({
    'text/html': `<div>\n<style scoped>\n.dataframe tbody tr th { vertical-align: top; }\n</style>
<table border="1" class="dataframe">\n<thead>\n<tr style="text-align: right;">\n<th></th>\n${heads}\n</tr>\n</thead>
<tbody>\n${body.join('\n')}\n</tbody>\n</table>\n</div>`,
    'text/plain': rows.map((row) => row.join('  ')).join('\n'),
  });
}

/** An error as ipykernel sends it, after what the cell had printed. */
export function failed(ename: string, evalue: string): Output {
  return { output_type: 'error', ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
