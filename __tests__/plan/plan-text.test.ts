import { expect, test } from 'vitest';
import { planJson } from '../../src/plan/plan-json.ts';
import { planRuns } from '../../src/plan/plan-runs.ts';
import { planText } from '../../src/plan/plan-text.ts';
import { anEntry, aRequest, notebookFiles } from './builders.ts';

const plan = await planRuns(
  aRequest({
    entries: [
      anEntry({ name: 'big', parameters: '{"n": 10000000000000000000001, "x": 1.0}' }),
      anEntry({
        name: 'sweep',
        matrix: '{"alpha": [1.0], "opt": ["sgd"]}',
        settings: { cellTimeoutMs: 1500 },
      }),
    ],
  }),
  notebookFiles(),
);

test('the plan for people is a table', () => {
  expect(planText(plan, '/project')).toBe(
    [
      'RUN               NOTEBOOK               KERNEL   VARIES               OUTPUT',
      'big               notebooks/train.ipynb  python3                       papermill_outputs/train/big/train_big.ipynb',
      "sweep (1.0, sgd)  notebooks/train.ipynb  python3  alpha=1.0 opt='sgd'  papermill_outputs/train/sweep_1.0_sgd/train_sweep_1.0_sgd.ipynb",
      '',
      '2 runs of 1 notebook',
      '',
    ].join('\n'),
  );
});

test('without a sweep the table has no column for it, and names cannot steer the terminal', () => {
  const runs = plan.runs.slice(0, 1).map((run) => ({ ...run, name: '\u001b[31mred\u001b[0m\nrun\u202e' }));
  expect(planText({ runs, warnings: [] }, '/project')).toBe(
    [
      'RUN       NOTEBOOK               KERNEL   OUTPUT',
      'red run   notebooks/train.ipynb  python3  papermill_outputs/train/big/train_big.ipynb',
      '',
      '1 run of 1 notebook',
      '',
    ].join('\n'),
  );
});

test('the plan for programs keeps numbers as Python writes them', () => {
  const text = planJson(plan, '/project');
  expect(text).toContain('"n": 10000000000000000000001,');
  expect(text).toContain('"x": 1.0\n');
  expect(text.endsWith(']\n')).toBe(true);
  expect((JSON.parse(text) as unknown[])[1]).toEqual({
    name: 'sweep (1.0, sgd)',
    notebook: 'notebooks/train.ipynb',
    kernel: 'python3',
    outputLabel: 'sweep_1.0_sgd',
    outputPath: 'papermill_outputs/train/sweep_1.0_sgd/train_sweep_1.0_sgd.ipynb',
    parameters: { alpha: 1, opt: 'sgd' },
    varies: ['alpha', 'opt'],
    cwd: '.',
    env: {},
    cellTimeoutMs: 1500,
    timeoutMs: null,
    startTimeoutMs: 60000,
    memoryLimitBytes: null,
    retries: 0,
    allowErrors: false,
    tags: [],
    preload: 'auto',
  });
});
