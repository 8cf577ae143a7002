import { expect, test } from 'vitest';
import type { Json, Notebook } from '../../src/notebook/types.ts';
import { digestBatch } from '../../src/report/digest-batch.ts';
import { redactor } from '../../src/report/redact.ts';
import { aBatch, aFailure, aResult } from '../fakes/runs.ts';
import { aDigest } from './digests.ts';
import { aCell, aNotebook, dataFrame, display, failed, FIGURE, stdout } from './executed-notebooks.ts';

async function digestOf(notebook: Notebook, status: 'passed' | 'failed' = 'passed') {
  const result = status === 'passed' ? aResult({ name: 'one' }) : aFailure({ name: 'one' });
  const digest = await aDigest([result], { notebooks: { one: notebook } });
  const [run] = digest.runs;
  if (run === undefined) throw new Error('a digest has one entry for each run');
  return run;
}

test('a notebook that cannot be read leaves what the result says', async () => {
  const { runs } = await aDigest([aResult({ name: 'one' })]);
  expect(runs).toEqual([
    {
      result: aResult({ name: 'one' }),
      language: '',
      failure: undefined,
      outputs: [],
      figures: 0,
      numbers: new Map(),
      slowestCell: undefined,
    },
  ]);
});

test('of a failed cell its source and what it printed before the error are kept, without colours', async () => {
  const cell = aCell(2, 'read()\nfail()', [
    stdout('\x1b[32mone\x1b[0m\ntwo\n'),
    { output_type: 'stream', name: 'stderr', text: 'a warning\n' },
    failed('ValueError', 'no'),
    stdout('later\n'),
  ]);
  const { failure, language } = await digestOf(
    aNotebook([aCell(1, 'x', [stdout('before\n')]), cell]),
    'failed',
  );
  expect(failure).toEqual({ source: ['read()', 'fail()'], lastLines: ['one', 'two', 'a warning'] });
  expect(language).toBe('python');
});

test('where the failed cell printed nothing, the lines of the last cell that did are kept', async () => {
  const silent = aCell(2, 'wait()', [], { duration: 60, exception: true });
  const { failure } = await digestOf(aNotebook([aCell(1, 'x', [stdout('before\n')]), silent]), 'failed');
  expect(failure).toEqual({ source: ['wait()'], lastLines: ['before'] });
});

test('tables, Markdown and formulas are kept; figures are counted, names of objects and widgets are not outputs', async () => {
  const { outputs, figures } = await digestOf(
    aNotebook([
      aCell(1, 'data', [dataFrame(['a'], [['x', 1]]), FIGURE]),
      aCell(2, 'text', [
        display({ 'text/markdown': '**bold**', 'text/plain': '<IPython.core.display.Markdown object>' }),
        display({ 'text/latex': '$x$', 'image/png': 'iVBORw0KGgo=', 'text/plain': 'x' }),
        display({ 'text/html': '<b>html</b>', 'text/plain': 'plain' }),
        display({ 'text/html': '<b>html</b>', 'text/plain': '<folium.Map object at 0x7f>' }),
        display({ 'application/vnd.jupyter.widget-view+json': '{}', 'text/plain': 'Slider()' }),
      ]),
    ]),
  );
  expect(outputs).toEqual([
    { kind: 'table', table: { header: ['', 'a'], rows: [['x', '1']], of: { rows: 1, columns: 2 } } },
    { kind: 'markdown', text: '**bold**' },
    { kind: 'latex', text: '$x$' },
    { kind: 'text', text: 'plain' },
  ]);
  expect(figures).toBe(1);
});

test('of many outputs the last are kept', async () => {
  const cells = Array.from({ length: 20 }, (_, index) =>
    aCell(index, 'x', [display({ 'text/plain': `value ${index}` })]),
  );
  const { outputs } = await digestOf(aNotebook(cells));
  expect(outputs.map((output) => 'text' in output && output.text)).toEqual(
    [14, 15, 16, 17, 18, 19].map((index) => `value ${index}`),
  );
});

const scrap = (name: string, data: Json) => ({
  output_type: 'display_data' as const,
  metadata: {},
  data: { 'application/scrapbook.scrap.json+json': { name, data, encoder: 'json', version: 1 } },
});

test.each([
  [
    'scraps, wherever they stand',
    [
      aCell(1, '', [scrap('rmse', 0.5), scrap('text', 'x'), scrap('n', JSON.rawJSON('1.0'))]),
      aCell(2, 'x', [display({ 'text/plain': '7' })]),
    ],
    { rmse: 0.5, n: 1 },
  ],
  [
    'the columns of a last table of one row',
    [aCell(1, '', [dataFrame(['alpha', 'model', 'r²'], [[0, 0.1, 'ridge', '4.5e-01']])])],
    { alpha: 0.1, 'r²': 0.45 },
  ],
  [
    'the value of the last cell, by its name',
    [aCell(1, 'fit()\nscore', [display({ 'text/plain': 'np.float64(0.93)' })])],
    { score: 0.93 },
  ],
  ['the value of an expression', [aCell(1, 'f(x)', [display({ 'text/plain': '-3' })])], { value: -3 }],
  [
    'nothing of a longer table',
    [
      aCell(1, '', [
        dataFrame(
          ['a'],
          [
            [0, 1],
            [1, 2],
          ],
        ),
      ]),
    ],
    {},
  ],
  ['nothing of a text', [aCell(1, '', [display({ 'text/plain': "'0.5'" })])], {}],
])('the numbers of a notebook are %s', async (_, cells, expected) => {
  const { numbers } = await digestOf(aNotebook(cells));
  expect(Object.fromEntries(numbers)).toEqual(expected);
});

test('the cell that took longest is named as the notebook numbers it', async () => {
  const cells = [1, 2, 3].map((count) => aCell(count, 'x', [], { duration: count === 2 ? 9.5 : 1 }));
  expect((await digestOf(aNotebook(cells))).slowestCell).toEqual({ executionCount: 2, durationMs: 9_500 });
});

test('one notebook at a time is asked for, none of a run that never started, and secrets are hidden', async () => {
  const asked: string[] = [];
  let open = 0;
  const digest = await digestBatch({
    batch: aBatch([
      aResult({ name: 'a' }),
      aResult({ name: 'b', attempts: 0, status: 'skipped' }),
      aResult({ name: 'c' }),
    ]),
    commit: undefined,
    repository: '/project',
    redact: redactor(['correct horse']),
    async executedNotebook({ run }) {
      asked.push(run.name);
      open += 1;
      expect(open).toBe(1);
      await Promise.resolve();
      open -= 1;
      return aNotebook([aCell(1, 'x', [display({ 'text/plain': 'correct horse' })])]);
    },
  });
  expect(asked).toEqual(['a', 'c']);
  expect(digest.runs.map(({ outputs }) => outputs)).toEqual([
    [{ kind: 'text', text: '***' }],
    [],
    [{ kind: 'text', text: '***' }],
  ]);
  expect(digest.hidden).toBe(2);
});
