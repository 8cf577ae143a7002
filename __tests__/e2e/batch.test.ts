import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { aCopyOf, aFolder, aNotebook, filesIn, resultsIn, runBundle, streamsOf } from './bundle.ts';

it("executes the article's repository unchanged, and keeps the outputs before as backups", async () => {
  const folder = await aCopyOf('article');
  const before = filesIn(folder);
  const first = await runBundle(['run'], { cwd: folder });
  expect(first).toMatchObject({ status: 0, stderr: '' });
  const outputs = filesIn(folder).filter((file) => !before.includes(file));
  expect(outputs).toEqual(
    ['adult', 'bank', 'mushroom']
      .map((label) => `papermill_outputs/data_explorer/${label}/data_explorer_${label}.ipynb`)
      .concat('papermill_outputs/report.html', 'papermill_outputs/results.json'),
  );

  const second = await runBundle(['run', '--select', 'config_adult'], { cwd: folder });
  expect(second.status).toBe(0);
  expect(filesIn(join(folder, 'papermill_outputs/data_explorer/adult'))).toEqual([
    'data_explorer_adult.ipynb',
    'data_explorer_adult_backup.ipynb',
  ]);
});

it('ends with 1 when two of twelve runs fail, names both with cell, line and error, and leaves twelve valid notebooks', async () => {
  const source = ['n = 0', 'print("run", n)', 'x = 1\nif n in (4, 9):\n    raise ValueError(f"no {n}")\nx'];
  const folder = await aFolder({
    'nb.ipynb': aNotebook(...source),
    'configs.json': Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`run_${n}`, { notebook: 'nb.ipynb', parameters: { n } }]),
    ),
  });
  const { status, stdout } = await runBundle(['run'], { cwd: folder });
  expect(status).toBe(1);
  const results = resultsIn(folder);
  expect(results.totals).toEqual({ total: 12, passed: 10, failed: 2, skipped: 0 });
  const failures = results.runs.filter(({ status: ended }) => ended === 'failed');
  expect(failures.map(({ name, error }) => ({ name, error }))).toMatchObject([
    { name: 'run_4', error: { ename: 'ValueError', evalue: 'no 4', cellIndex: 2, file: 'nb.ipynb' } },
    { name: 'run_9', error: { ename: 'ValueError', evalue: 'no 9', cellIndex: 2, file: 'nb.ipynb' } },
  ]);
  for (const name of ['run_4', 'run_9']) expect(stdout).toMatch(new RegExp(`${name}.*\\n.*raise ValueError`));
  expect(results.runs.every(({ output }) => output.kind === 'complete')).toBe(true);

  const paths = results.runs.map(({ outputPath }) => join(folder, outputPath));
  const validate =
    'import sys, nbformat\nfor path in sys.argv[1:]: nbformat.validate(nbformat.read(path, as_version=4))';
  execFileSync(inject('python').executable, ['-c', validate, ...paths]);
  expect(paths.map((path) => streamsOf(path)[0])).toEqual(paths.map((_, n) => `run ${n}\n`));
});

it('hands parameters to the notebook as they were written', async () => {
  const folder = await aFolder({
    'nb.ipynb': aNotebook('a = b = c = d = e = None', 'print(repr((a, b, c, d, e)))'),
    'configs.json': `{
      // a float stays a float, and a long integer is exact
      "typed": {
        "notebook": "nb.ipynb",
        "parameters": {"a": 1.0, "b": 10000000000000000000001, "c": 1e-5, "d": {"2": [true, null], "1": "é\\n"}, "e": "'\\""},
      },
    }`,
  });
  expect(await runBundle(['run'], { cwd: folder })).toMatchObject({ status: 0 });
  expect(streamsOf(join(folder, 'papermill_outputs/nb/typed/nb_typed.ipynb'))).toEqual([
    `(1.0, 10000000000000000000001, 1e-05, {'2': [True, None], '1': 'é\\n'}, '\\'"')\n`,
  ]);
});

it('plans a sweep of 3 × 3 with one exclude and one include as nine runs', async () => {
  const folder = await aFolder({
    'train.ipynb': aNotebook('alpha = 0.5\nseed = 0\nepochs = 1'),
    'configs.yaml': `
sweep:
  notebook: train.ipynb
  parameters: { epochs: 5 }
  matrix:
    alpha: [0.01, 0.1, 1.0]
    seed: [1, 2, 3]
    exclude: [{ alpha: 1.0, seed: 3 }]
    include: [{ alpha: 10.0, seed: 1 }]
  output_label: "a{alpha}_s{seed}"
`,
  });
  const { status, stdout } = await runBundle(['plan', 'configs.yaml', '--json'], { cwd: folder });
  expect(status).toBe(0);
  const runs = JSON.parse(stdout) as { parameters: Record<string, number>; outputPath: string }[];
  const values = [0.01, 0.1, 1].flatMap((alpha) => [1, 2, 3].map((seed) => ({ alpha, seed })));
  const expected = [...values.slice(0, 8), { alpha: 10, seed: 1 }];
  expect(runs.map(({ parameters }) => parameters)).toEqual(
    expected.map((value) => ({ epochs: 5, ...value })),
  );
  const text = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
  expect(runs.map(({ outputPath }) => outputPath)).toEqual(
    expected.map(({ alpha, seed }) => {
      const label = `a${text(alpha)}_s${seed}`;
      return `papermill_outputs/train/${label}/train_${label}.ipynb`;
    }),
  );
});

it('starts without node_modules: the bundle and its scripts are all it takes', async () => {
  const root = join(import.meta.dirname, '../..');
  const folder = await aFolder({
    'nb.ipynb': aNotebook('print("alone")'),
    'c.json': { one: { notebook: 'nb.ipynb' } },
  });
  execFileSync('cp', ['-r', join(root, 'dist'), join(root, 'python'), folder]);
  const finished = await runBundle(['run', 'c.json'], { cwd: folder, bundle: join(folder, 'dist/index.js') });
  expect(finished).toMatchObject({ status: 0, stderr: '' });
});
