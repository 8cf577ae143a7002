import type { ContenderId } from './contenders.ts';

/** How often a contender executes a case, and with how many runs. */
export interface Size {
  readonly runs: number;
  readonly repeat: number;
  /** Kernels at once, where a contender limits them; the CPUs of the machine unless said otherwise. */
  readonly atOnce?: number;
}

export interface Case {
  readonly id: string;
  /** The letter of `--case`; several cases may belong to one. */
  readonly group: string;
  readonly title: string;
  /** Sources of the template's code cells, the first of which is its parameters cell; `example` = the example batch. */
  readonly cells: readonly string[] | 'example';
  readonly sizes: Partial<Readonly<Record<ContenderId, Size>>>;
}

const PARAMETERS = 'n = 0';
const PANDAS = 'import numpy as np\nimport pandas as pd';
const HOLD_MEGABYTES = 200;
const CELLS = 2000;

/** Every kernel waits for the others, so that all are there at once. */
const TOGETHER = `import pathlib, time
pathlib.Path(f'kernel-{n}').touch()
deadline = time.monotonic() + 60
while len(list(pathlib.Path('.').glob('kernel-*'))) < together and time.monotonic() < deadline:
    time.sleep(0.05)
time.sleep(1)`;

/**
 * Contenders whose time grows with the runs alone do fewer of them where a batch would take minutes; all are
 * compared by the time per run.
 */
export const CASES: readonly Case[] = [
  {
    id: 'a',
    group: 'a',
    title: '100 short runs that import pandas and numpy',
    cells: [PARAMETERS, PANDAS, 'pd.DataFrame({"x": np.arange(n + 3)}).describe()'],
    sizes: {
      ours: { runs: 100, repeat: 2 },
      'papermill-2019': { runs: 100, repeat: 1 },
      'nbclient-pool': { runs: 40, repeat: 1 },
      'papermill-xargs': { runs: 10, repeat: 1 },
      nbmake: { runs: 10, repeat: 1 },
    },
  },
  {
    id: 'b',
    group: 'b',
    title: 'the example batch: 8 runs with plots',
    cells: 'example',
    sizes: {
      ours: { runs: 8, repeat: 2 },
      'papermill-2019': { runs: 8, repeat: 2 },
      'nbclient-pool': { runs: 8, repeat: 1 },
      'papermill-xargs': { runs: 8, repeat: 1 },
      nbmake: { runs: 8, repeat: 1 },
      'cells-alone': { runs: 8, repeat: 1 },
    },
  },
  {
    id: 'c-100',
    group: 'c',
    title: '100 trivial runs',
    cells: [PARAMETERS, 'print(n)'],
    sizes: {
      ours: { runs: 100, repeat: 2 },
      'papermill-2019': { runs: 8, repeat: 1 },
      'nbclient-pool': { runs: 8, repeat: 1 },
      'papermill-xargs': { runs: 8, repeat: 1 },
      nbmake: { runs: 8, repeat: 1 },
    },
  },
  {
    id: 'c-1000',
    group: 'c',
    title: '1,000 trivial runs',
    cells: [PARAMETERS, 'print(n)'],
    sizes: { ours: { runs: 1000, repeat: 1 } },
  },
  {
    id: 'd',
    group: 'd',
    title: `one notebook of ${CELLS} trivial cells`,
    cells: [PARAMETERS, ...Array.from({ length: CELLS - 1 }, (_, index) => `print(${index})`)],
    sizes: {
      ours: { runs: 1, repeat: 2 },
      'papermill-2019': { runs: 1, repeat: 1 },
      'nbclient-pool': { runs: 1, repeat: 1 },
      nbmake: { runs: 1, repeat: 1 },
      'bare-client': { runs: 1, repeat: 1 },
    },
  },
  {
    id: 'e',
    group: 'e',
    title: `20 runs that each hold ${HOLD_MEGABYTES} MB`,
    cells: [
      PARAMETERS,
      `import numpy as np\nblock = np.ones(${HOLD_MEGABYTES} * 1_000_000 // 8)`,
      'import time\ntime.sleep(0.5)\nblock.sum()',
    ],
    sizes: {
      ours: { runs: 20, repeat: 1 },
      'papermill-2019': { runs: 20, repeat: 1 },
      'nbclient-pool': { runs: 20, repeat: 1 },
      'papermill-xargs': { runs: 20, repeat: 1 },
      nbmake: { runs: 20, repeat: 1 },
    },
  },
  ...[2, 10].map((together) => ({
    id: `e-${together}`,
    group: 'e',
    title: `${together} pandas kernels at the same time`,
    cells: [PARAMETERS, `${PANDAS}\npd.DataFrame({"x": [n]}).describe()\ntogether = ${together}`, TOGETHER],
    sizes: {
      ours: { runs: together, repeat: 1, atOnce: together },
      'nbclient-pool': { runs: together, repeat: 1, atOnce: together },
    },
  })),
  {
    id: 'f',
    group: 'f',
    title: 'one run alone',
    cells: [
      PARAMETERS,
      "import pathlib, time\npathlib.Path('first-cell').write_text(str(time.time() * 1000))",
      'print(n)',
    ],
    sizes: {
      ours: { runs: 1, repeat: 5 },
      'papermill-2019': { runs: 1, repeat: 2 },
      'nbclient-pool': { runs: 1, repeat: 2 },
      'papermill-xargs': { runs: 1, repeat: 2 },
      nbmake: { runs: 1, repeat: 2 },
    },
  },
];
