import { aRun, code, display, markdown, type SampleRun } from './sample-report.ts';

/** One red pixel, and one blue one: small enough to stay in the notebook. */
const RED =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==\n';
/** Long enough to be stored by itself; whether it is a picture does not matter here. */
export const PLOT = Buffer.from(Array.from({ length: 900 }, (_, index) => (index * 7) % 256)).toString(
  'base64',
);

export const CELLS = [
  markdown('# Bank\n\nThe **rate** is $r = \\frac{a}{b}$.\n\n| a | b |\n| - | - |\n| 1 | 2 |'),
  code('alpha = 1', [], { metadata: { tags: ['parameters'] }, execution_count: 1 }),
  code('# Parameters\nalpha = 2.0', [], { metadata: { tags: ['injected-parameters'] }, execution_count: 2 }),
  code('print("hello")', [{ output_type: 'stream', name: 'stdout', text: '\u001b[31mhello\u001b[0m\n' }], {
    execution_count: 3,
    id: 'greeting',
    metadata: {
      execution: {
        'iopub.status.busy': '2026-01-02T03:04:05.500Z',
        'iopub.status.idle': '2026-01-02T03:04:06.700Z',
      },
    },
  }),
  code('plot()', [display({ 'image/png': `${PLOT}\n`, 'text/plain': '<Figure size 1x1>' })], {
    execution_count: 4,
  }),
];

export function sweep(): (ReturnType<typeof aRun> & SampleRun)[] {
  return ['10.0', '1.0', '100.0'].flatMap((alpha) =>
    ['1', '2'].map((degree) =>
      aRun({
        name: `train ${alpha} ${degree}`,
        notebook: 'notebooks/train.ipynb',
        parameters: [
          ['data', 'a.csv'],
          ['alpha', alpha],
          ['degree', degree],
        ],
        cells_: [
          markdown('## Fit'),
          code(
            'fit()',
            [
              {
                output_type: 'stream',
                name: 'stdout',
                text: `error: ${Number(alpha) * Number(degree)} after 7 steps\n`,
              },
            ],
            { id: 'fit' },
          ),
          code('plot()', [display({ 'image/png': RED, 'text/plain': `<Figure of ${alpha}>` })], {
            id: 'plot',
          }),
          code(
            'lines()',
            [
              {
                output_type: 'stream',
                name: 'stdout',
                text: `first\n${alpha === '1.0' ? 'one' : 'other'} line\nlast\n`,
              },
            ],
            { id: 'lines' },
          ),
          code('same()', [{ output_type: 'stream', name: 'stdout', text: 'always\n' }], { id: 'same' }),
        ],
      }),
    ),
  );
}

export const FAILED = aRun({
  name: 'broken',
  status: 'failed',
  error: {
    ename: 'ZeroDivisionError',
    evalue: 'division by zero',
    traceback: 'plain',
    cellIndex: 40,
    executionCount: 41,
    file: 'n.ipynb',
    line: 3,
  },
  cells_: [
    ...Array.from({ length: 40 }, (_, index) =>
      code(`step(${index})\n\n\n`, [], { execution_count: index + 1 }),
    ),
    code(
      '1 / 0',
      [
        {
          output_type: 'error',
          ename: 'ZeroDivisionError',
          evalue: 'division by zero',
          traceback: ['\u001b[31mZeroDivisionError\u001b[0m: division by zero'],
        },
      ],
      { execution_count: 41 },
    ),
    code('after()', [], { execution_count: null }),
  ],
});

export const MIXED = [
  aRun({ cells_: CELLS, parameters: [['alpha', '2.0']] }),
  FAILED,
  aRun({ name: 'left out', status: 'skipped', startedAt: null, cells_: null }),
];
