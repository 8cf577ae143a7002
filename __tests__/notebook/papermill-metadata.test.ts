import { expect, test } from 'vitest';
import {
  stampCellEnd,
  stampCellPassed,
  stampCellStart,
  stampEnd,
  stampStart,
} from '../../src/notebook/papermill-metadata.ts';
import { aCodeCell, aNotebook } from '../fakes/kernel-messages.ts';

const at = (ms: number) => new Date(Date.UTC(2024, 4, 6, 7, 8, 9, ms));
const RUN = {
  parameters: { a: JSON.rawJSON('2.0') },
  inputPath: 'in.ipynb',
  outputPath: 'out.ipynb',
  version: 'parallel-notebooks/1.2.3',
};

test('a failing run is stamped as papermill does it, and what never ran stays pending', () => {
  const notebook = aNotebook({
    cells: [
      { cell_type: 'markdown', metadata: {}, source: '# T' },
      aCodeCell(),
      aCodeCell({ metadata: { tags: ['t'] } }),
      aCodeCell(),
    ],
  });
  stampStart(notebook, { ...RUN, startedAt: at(0) });
  const [first, second, third] = notebook.cells;
  if (first) stampCellPassed(first, at(1));
  for (const [cell, failed] of [
    [second, false],
    [third, true],
  ] as const) {
    if (!cell) continue;
    stampCellStart(cell, at(1));
    stampCellEnd(cell, { endedAt: at(501), durationMs: 500.0004, failed });
  }
  stampEnd(notebook, { endedAt: at(2000), durationMs: 2000, failed: true });

  expect(notebook.metadata['papermill']).toEqual({
    default_parameters: {},
    environment_variables: {},
    parameters: { a: JSON.rawJSON('2.0') },
    input_path: 'in.ipynb',
    output_path: 'out.ipynb',
    start_time: '2024-05-06T07:08:09+00:00',
    end_time: '2024-05-06T07:08:11+00:00',
    duration: JSON.rawJSON('2.0'),
    exception: true,
    version: 'parallel-notebooks/1.2.3',
  });
  const never = { start_time: null, end_time: null, duration: null, exception: null };
  const passed = {
    start_time: '2024-05-06T07:08:09.001000+00:00',
    end_time: '2024-05-06T07:08:09.001000+00:00',
    duration: JSON.rawJSON('0.0'),
  };
  const ran = {
    start_time: '2024-05-06T07:08:09.001000+00:00',
    end_time: '2024-05-06T07:08:09.501000+00:00',
    duration: 0.5,
  };
  expect(notebook.cells.map((cell) => cell.metadata)).toEqual([
    { tags: [], papermill: { ...passed, exception: false, status: 'completed' } },
    { tags: [], papermill: { ...ran, exception: false, status: 'completed' } },
    { tags: ['t'], papermill: { ...ran, exception: true, status: 'failed' } },
    { tags: [], papermill: { ...never, status: 'pending' } },
  ]);
});

test('a cell in which the run broke off counts as failed', () => {
  const cell = aCodeCell();
  const notebook = aNotebook({ cells: [cell] });
  stampStart(notebook, { ...RUN, startedAt: at(0) });
  stampCellStart(cell, at(1));
  stampEnd(notebook, { endedAt: at(3), durationMs: 3, failed: true });
  expect(cell.metadata['papermill']).toMatchObject({ status: 'failed', exception: true });
});

test('a run that passed says so, and unknown entries of an earlier run stay', () => {
  const notebook = aNotebook({
    metadata: { papermill: { exception: true, version: '2.4.0', vendor: 1 } },
    cells: [aCodeCell()],
  });
  stampStart(notebook, { ...RUN, startedAt: at(0) });
  stampEnd(notebook, { endedAt: at(3), durationMs: 3, failed: false });
  expect(notebook.metadata['papermill']).toMatchObject({
    exception: null,
    version: RUN.version,
    vendor: 1,
    duration: 0.003,
  });
});

test('without parameters to inject, those of an earlier run stay, as its injected cell does', () => {
  const notebook = aNotebook({ metadata: { papermill: { parameters: { a: 1 } } } });
  stampStart(notebook, { ...RUN, parameters: undefined, startedAt: at(0) });
  expect(notebook.metadata['papermill']).toMatchObject({ parameters: { a: 1 } });
  const fresh = aNotebook();
  stampStart(fresh, { ...RUN, parameters: undefined, startedAt: at(0) });
  expect(fresh.metadata['papermill']).toMatchObject({ parameters: {} });
});
