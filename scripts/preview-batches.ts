/** The batches of the preview: what a reader of a pull request meets. */
import { aBatch, aResult, aRun, anError } from '../__tests__/fakes/runs.ts';
import type { BatchEvent, BatchResult, RunError, RunResult, Value } from '../src/model.ts';
import type { Notebook } from '../src/notebook/types.ts';
import {
  aCell,
  aNotebook,
  dataFrame,
  display,
  failed,
  FIGURE,
  stdout,
} from '../__tests__/report/executed-notebooks.ts';

export const PROJECT = '/project';

export interface Preview {
  readonly name: string;
  readonly faces: readonly ('comment' | 'summary' | 'annotations')[];
  readonly batch: BatchResult;
  /** Executed notebooks by the name of their run. */
  readonly notebooks: ReadonlyMap<string, Notebook>;
  /** Folds that the reader has opened, counted from 0. */
  readonly open?: readonly number[];
  /** Of the picture. */
  readonly heightPx: number;
}

interface Sample {
  readonly result: RunResult;
  readonly notebook?: Notebook;
}

export const PREVIEWS: readonly Preview[] = [
  preview('passed', { faces: ['comment'], open: [0, 1], heightPx: 1_000, durationMs: 21_400 }, passed()),
  preview('failed', { faces: ['comment'], heightPx: 1_310, durationMs: 65_200 }, someFailed()),
  preview('sweep', { faces: ['summary'], heightPx: 1_270, durationMs: 42_800 }, sweep()),
  preview(
    '500-runs',
    { faces: ['comment'], open: [0], heightPx: 1_290, durationMs: 1_834_000 },
    fiveHundred(),
  ),
  preview('annotations', { faces: ['annotations'], heightPx: 260, durationMs: 65_200 }, someFailed()),
];

/** A batch in its middle: each event with its milliseconds. */
export const LIVE_EVENTS: readonly (readonly [atMs: number, event: BatchEvent])[] = [
  [0, { kind: 'batch-started', total: 12, parallel: 3 }],
  ...someFailed()
    .slice(0, 8)
    .flatMap(({ result }, index): (readonly [number, BatchEvent])[] => [
      [index * 4_000, { kind: 'run-started', run: result.run, attempt: 1 }],
      ...(index < 6 ? [[index * 4_000 + 3_500, { kind: 'run-finished', result }] as const] : []),
      [index * 4_000 + 3_600, { kind: 'cell-started', run: result.run, cell: index, of: 11 }],
    ]),
];

function preview(
  name: string,
  look: Pick<Preview, 'faces' | 'heightPx' | 'open'> & { readonly durationMs: number },
  samples: readonly Sample[],
): Preview {
  const { durationMs, ...rest } = look;
  const batch = aBatch(
    samples.map(({ result }) => result),
    { durationMs },
  );
  const notebooks = new Map(
    samples.flatMap(({ result, notebook }) => (notebook === undefined ? [] : [[result.run.name, notebook]])),
  );
  return { name, ...rest, batch, notebooks };
}

function passed(): Sample[] {
  return [
    explorer('iris', 'species', 3_200, [
      ['sepal_length', 150, 5.84, 0.83, 4.3, 7.9],
      ['sepal_width', 150, 3.06, 0.44, 2.0, 4.4],
      ['petal_length', 150, 3.76, 1.77, 1.0, 6.9],
      ['petal_width', 150, 1.2, 0.76, 0.1, 2.5],
    ]),
    explorer('wine', 'cultivar', 4_100, [
      ['alcohol', 178, 13.0, 0.81, 11.03, 14.83],
      ['magnesium', 178, 99.74, 14.28, 70.0, 162.0],
    ]),
    explorer('diabetes', 'progression', 12_700, [['bmi', 442, 26.38, 4.42, 18.0, 42.2]]),
    {
      result: ran('theory', { notebook: 'notebooks/theory.ipynb', parameters: { order: 3n } }, 1_900),
      notebook: aNotebook([
        aCell(1, 'taylor(order)', [
          display({
            'text/latex': String.raw`$\displaystyle \sin x = x - \frac{x^{3}}{6} + O\left(x^{4}\right)$`,
            'image/png': 'iVBORw0KGgo=',
            'text/plain': 'x - x**3/6 + O(x**4)',
          }),
        ]),
      ]),
    },
  ];
}

function explorer(
  label: string,
  colorBy: string,
  durationMs: number,
  rows: readonly (readonly (string | number)[])[],
): Sample {
  const config = new Map<string, Value>([
    ['notebook', 'notebooks/data_explorer.ipynb'],
    ['data_url', `data/${label}.csv`],
    ['color_by', colorBy],
    ['output_label', label],
  ]);
  return {
    result: ran(
      `config_${label}`,
      { notebook: 'notebooks/data_explorer.ipynb', parameters: { config } },
      durationMs,
    ),
    notebook: aNotebook([
      aCell(3, 'data.describe()', [
        dataFrame(['count', 'mean', 'std', 'min', 'max'], rows),
        FIGURE,
        FIGURE,
        display({
          'text/markdown': `The closest pairs:\n\n* **${String(rows[0]?.[0])}** and **${colorBy}**: +0.96`,
        }),
      ]),
    ]),
  };
}

function someFailed(): Sample[] {
  const notebook = 'notebooks/clean.ipynb';
  const regions = ['north', 'south', 'east', 'west', 'coast', 'alps', 'delta', 'plain', 'lakes', 'city'];
  const source = 'rate = float(cell.strip("%")) / 100';
  const traceback = [
    'ValueError                                Traceback (most recent call last)',
    'Cell In[6], line 4',
    '      2 for row in rows:',
    '      3     print("row", row.number)',
    `----> 4     ${source}`,
    "ValueError: could not convert string to float: 'n/a'",
  ].join('\n');
  const evalue = "could not convert string to float: 'n/a'";
  const error = anError({
    ename: 'ValueError',
    evalue,
    traceback,
    cellIndex: 6,
    executionCount: 6,
    file: notebook,
    line: 143,
  });
  const timeout = anError({
    ename: 'CellTimeoutError',
    evalue: 'cell 9 took longer than its limit of 1 min 00 s',
    traceback: '',
    cellIndex: 8,
    executionCount: 8,
    file: 'notebooks/forecast.ipynb',
    line: 201,
  });
  return [
    ...regions.map((region, index): Sample => {
      const run = { notebook, parameters: { region, year: 2025n } };
      if (region !== 'alps') return { result: ran(`clean (${region})`, run, 2_300 + 410 * index) };
      return {
        result: broken(`clean (${region})`, run, { error, durationMs: 2_950 }),
        notebook: aNotebook([
          aCell(6, `rows = read(region)\nfor row in rows:\n    print("row", row.number)\n    ${source}`, [
            stdout('reading data/alps.csv\n118 rows\nrow 1\nrow 2\nrow 3\nrow 4\n'),
            failed('ValueError', evalue),
          ]),
        ]),
      };
    }),
    { result: ran('summary', { notebook: 'notebooks/summary.ipynb', parameters: { year: 2025n } }, 1_200) },
    {
      result: broken(
        'forecast',
        { notebook: 'notebooks/forecast.ipynb', parameters: { horizon: 12n, model: 'arima' } },
        { error: timeout, durationMs: 64_100, status: 'timed-out' },
      ),
      notebook: aNotebook([
        aCell(
          8,
          'for order in orders:\n    fit = ARIMA(series, order=order).fit()\n    scores[order] = fit.aic',
          [stdout('order (1, 0, 0)  aic 812.4\norder (2, 0, 0)  aic 809.9\norder (2, 1, 2)\n')],
          { duration: 60, exception: true },
        ),
      ]),
    },
  ];
}

function sweep(): Sample[] {
  const degrees = [1n, 2n];
  const alphas = [0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0];
  const errors = { 1: [55.9, 55.8, 55.1, 54.6, 56.2, 66.3], 2: [62.4, 60.2, 57.1, 55.6, 54.9, 57.8] };
  return degrees.flatMap((degree) =>
    alphas.map((alpha, index): Sample => {
      const rmse = errors[degree === 1n ? 1 : 2][index] ?? 0;
      const explained = (1 - rmse ** 2 / 5_930).toFixed(3);
      const durationMs = 3_100 + Number(degree) * 700 + index * 230;
      const parameters = { data_url: 'data/diabetes.csv', alpha, degree };
      const run = { notebook: 'notebooks/train.ipynb', parameters, varies: ['alpha', 'degree'] };
      const row = [0, alpha, Number(degree), rmse, explained] as const;
      return {
        result: ran(`train (${alpha.toFixed(1)}, ${degree})`, run, durationMs),
        notebook: aNotebook([
          aCell(7, 'plot(errors)', [FIGURE]),
          aCell(9, 'result', [
            dataFrame(['alpha', 'degree', 'error (RMSE)', 'explained variance (R²)'], [row]),
          ]),
        ]),
      };
    }),
  );
}

/** A long sweep: 100 of its runs fail in three ways, with long messages that all differ. */
function fiveHundred(): Sample[] {
  return Array.from({ length: 500 }, (_, seed): Sample => {
    const run = {
      notebook: 'notebooks/simulate.ipynb',
      parameters: { seed: BigInt(seed), steps: 10_000n },
      varies: ['seed'],
    };
    const name = `simulate (${seed})`;
    const durationMs = 8_000 + ((seed * 7_919) % 23_000);
    if (seed % 5 !== 3) return { result: ran(name, run, durationMs) };
    if (seed % 40 === 8) {
      const evalue = 'the kernel was killed (SIGKILL); memory was short, 15.9 of 16.0 GB were in use';
      const error = anError({
        ename: 'KernelDied',
        evalue,
        traceback: '',
        cellIndex: 8,
        executionCount: 8,
        line: 240,
      });
      return { result: broken(name, run, { error, durationMs, status: 'kernel-died' }) };
    }
    const frames = Array.from(
      { length: 60 },
      (_unused, depth) => `  File solver.py:${depth + 100}, in advance(state)`,
    );
    const evalue = `state ${seed} left the domain after ${seed * 17} steps: velocity ${'[0.18, -2.41, 9.77] '.repeat(40)}`;
    const traceback = ['Cell In[7], line 31', '---> 31 state = advance(state, step)', '', ...frames].join(
      '\n',
    );
    const [ename, line] = seed % 3 === 0 ? ['StabilityError', 219] : ['DomainError', 212];
    const error = anError({ ename, evalue, traceback, cellIndex: 7, executionCount: 7, line });
    const steps = Array.from(
      { length: 200 },
      (_unused, step) => `step ${step} energy ${(seed * 31 + step) % 97}\n`,
    );
    return {
      result: broken(name, run, { error, durationMs }),
      notebook: aNotebook([aCell(7, 'run()', [stdout(steps.join('')), failed(ename, evalue)])]),
    };
  });
}

interface RunSample {
  readonly notebook: string;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly varies?: readonly string[];
}

function ran(name: string, sample: RunSample, durationMs: number): RunResult {
  const { notebook, parameters, varies = [] } = sample;
  const run = aRun({
    name,
    notebook,
    notebookPath: `${PROJECT}/${notebook}`,
    parameters: new Map(Object.entries(parameters)),
    varies,
  });
  return aResult({ run, durationMs });
}

function broken(
  name: string,
  sample: RunSample,
  end: { readonly error: RunError; readonly durationMs: number; readonly status?: RunResult['status'] },
): RunResult {
  return { ...ran(name, sample, end.durationMs), status: 'failed', ...end };
}
