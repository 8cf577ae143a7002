import { expect, test } from 'vitest';
import { planRuns } from '../../src/plan/plan-runs.ts';
import { anEntry, aRequest, notebookFiles, notebookText, someEntrySettings } from './builders.ts';
import { parametersOf } from './json-value.ts';

test('an entry with parameters becomes a run with all that a kernel needs', async () => {
  const entry = anEntry({
    name: 'small',
    parameters: '{"alpha": 0.1, "layers": [64, 64], "dropout": null}',
    settings: {
      cwd: 'notebooks',
      cellTimeoutMs: null,
      retries: 2,
      tags: ['nightly'],
      env: new Map([['A', 'b']]),
    },
  });
  const request = aRequest({ entries: [entry], cellTimeoutMs: 5_000, runTimeoutMs: 9_000, retries: 1 });
  expect(await planRuns(request, notebookFiles())).toEqual({
    runs: [
      {
        name: 'small',
        notebook: 'notebooks/train.ipynb',
        notebookPath: '/project/notebooks/train.ipynb',
        outputLabel: 'small',
        outputPath: '/project/papermill_outputs/train/small/train_small.ipynb',
        parameters: parametersOf('{"alpha": 0.1, "layers": [64, 64], "dropout": null}'),
        varies: [],
        kernelName: 'python3',
        injectedSource: '# Parameters\nalpha = 0.1\nlayers = [64, 64]\ndropout = None\n',
        settings: {
          kernel: undefined,
          cwd: '/project/notebooks',
          env: new Map([['A', 'b']]),
          cellTimeoutMs: undefined,
          timeoutMs: 9_000,
          startTimeoutMs: 60_000,
          retries: 2,
          allowErrors: false,
          tags: ['nightly'],
          preload: 'auto',
        },
      },
    ],
    warnings: [],
    sizes: new Map([['/project/notebooks/train.ipynb', 0]]),
  });
});

test('the 2019 form reaches the notebook as config, keys in file order', async () => {
  const parameters =
    '{"notebook": "notebooks/train.ipynb", "data_url": "https://example.org/adult.csv", "output_label": "adult"}';
  const entry = anEntry({ name: 'config_adult', form: 'config', outputLabel: 'adult', parameters });
  const { runs } = await planRuns(aRequest({ entries: [entry] }), notebookFiles());
  expect(runs.map(({ injectedSource, outputPath }) => [injectedSource, outputPath])).toEqual([
    [
      '# Parameters\nconfig = {"notebook": "notebooks/train.ipynb", "data_url": "https://example.org/adult.csv", "output_label": "adult"}\n',
      '/project/papermill_outputs/train/adult/train_adult.ipynb',
    ],
  ]);
});

test('a sweep in the 2019 form puts its values into config, and the resolved label', async () => {
  const entry = anEntry({
    name: 'sweep',
    form: 'config',
    outputLabel: '{{{site}}}_{depth}',
    parameters: '{"notebook": "notebooks/train.ipynb", "depth": 1, "output_label": "{{{site}}}_{depth}"}',
    matrix: '{"site": ["a", "b"]}',
  });
  const { runs } = await planRuns(
    aRequest({ entries: [entry], parameters: parametersOf('{"depth": 2.0}') }),
    notebookFiles(),
  );
  expect(runs.map(({ injectedSource, varies }) => [injectedSource, varies])).toEqual([
    [
      '# Parameters\nconfig = {"notebook": "notebooks/train.ipynb", "depth": 2.0, "output_label": "{a}_2.0", "site": "a"}\n',
      ['site'],
    ],
    [
      '# Parameters\nconfig = {"notebook": "notebooks/train.ipynb", "depth": 2.0, "output_label": "{b}_2.0", "site": "b"}\n',
      ['site'],
    ],
  ]);
});

test('the sweep of the design has 9 runs with their paths, and reads its notebook once', async () => {
  const entry = anEntry({
    name: 'sweep',
    parameters: '{"epochs": 5}',
    matrix: `{"alpha": [0.01, 0.1, 1.0], "seed": [1, 2, 3],
      "exclude": [{"alpha": 1.0, "seed": 3}], "include": [{"alpha": 10.0, "seed": 1}]}`,
    outputLabel: 'a{alpha}_s{seed}',
  });
  const source = notebookFiles();
  const { runs, warnings } = await planRuns(
    aRequest({ entries: [entry, anEntry({ name: 'other' })] }),
    source,
  );
  expect(runs.map(({ name, outputLabel }) => `${name} ${outputLabel}`)).toEqual([
    'sweep (0.01, 1) a0.01_s1',
    'sweep (0.01, 2) a0.01_s2',
    'sweep (0.01, 3) a0.01_s3',
    'sweep (0.1, 1) a0.1_s1',
    'sweep (0.1, 2) a0.1_s2',
    'sweep (0.1, 3) a0.1_s3',
    'sweep (1.0, 1) a1.0_s1',
    'sweep (1.0, 2) a1.0_s2',
    'sweep (10.0, 1) a10.0_s1',
    'other other',
  ]);
  expect(runs[8]?.injectedSource).toBe('# Parameters\nepochs = 5\nalpha = 10.0\nseed = 1\n');
  expect(runs.at(-1)?.injectedSource).toBeUndefined();
  expect(warnings).toEqual([]);
  expect(source.reads).toEqual(['/project/notebooks/train.ipynb']);
});

test('what was not selected is not read, and its mistakes do not matter', async () => {
  const entries = [anEntry(), anEntry({ name: 'broken', notebook: 'gone.ipynb', matrix: '{"a": []}' })];
  const { runs } = await planRuns(aRequest({ entries, select: ['train'] }), notebookFiles());
  expect(runs.map(({ name }) => name)).toEqual(['train']);
});

test.each([
  [{}, undefined, 'python3'],
  [{ kernelspec: { name: 'my-env', language: 'python' } }, undefined, 'my-env'],
  [{ kernelspec: { name: 'my-env', language: 'python' } }, 'ir', 'ir'],
  [{ kernelspec: { name: 'python' } }, undefined, 'python3'],
  [{ kernelspec: { name: 'Julia-1.10' } }, undefined, 'julia-1.10'],
  [{}, 'IR', 'ir'],
  [{ language_info: { name: 'python' } }, undefined, 'python3'],
  [{ language_info: { name: 'rust' } }, 'evcxr', 'evcxr'],
])('metadata %j and the kernel %s asked for start %s', async (metadata, kernel, expected) => {
  const files = { '/project/notebooks/train.ipynb': notebookText({ metadata }) };
  const entries = [anEntry({ settings: { kernel } })];
  const { runs } = await planRuns(aRequest({ entries }), notebookFiles({ files }));
  expect(runs.map(({ kernelName }) => kernelName)).toEqual([expected]);
});

test('a notebook of R is given R', async () => {
  const metadata = { kernelspec: { name: 'ir', language: 'R' } };
  const files = { '/project/notebooks/train.ipynb': notebookText({ metadata }) };
  const entries = [anEntry({ parameters: '{"x": [1.0, NaN], "on": true}' })];
  const { runs } = await planRuns(aRequest({ entries }), notebookFiles({ files }));
  expect(runs[0]?.injectedSource).toBe('# Parameters\nx = c(1.0, NaN)\non = TRUE\n');
});

test('changed labels, unknown parameters and values of another type are warnings, one for each entry', async () => {
  const files = {
    '/project/notebooks/train.ipynb': notebookText({ parameters: 'alpha = 0.1\nmodel = None' }),
  };
  const entries = [
    anEntry({ name: 'sweep', matrix: '{"alpah": ["a/b", "c/d", "e"]}' }),
    anEntry({ name: 'typed', matrix: '{"alpha": ["high", 1, "low"]}' }),
    anEntry({ name: 'fine', parameters: '{"alpha": 2, "model": "any type"}' }),
  ];
  const { warnings, runs } = await planRuns(aRequest({ entries }), notebookFiles({ files }));
  expect(runs[0]?.outputLabel).toMatch(/^sweep_a-b-[\da-f]{6}$/);
  expect(warnings).toEqual([
    `sweep: the label "sweep_a/b" became "${runs[0]?.outputLabel ?? ''}", because it names a folder and a file, and 1 more likewise.`,
    'sweep: Passed unknown parameter: alpah. Did you mean "alpha"? The parameters cell of notebooks/train.ipynb does not define it.',
    "typed: alpha is float in the parameters cell, got 'low' (str).",
  ]);
});

test('settings that the entry leaves open come from the batch', async () => {
  const entries = [
    anEntry({
      name: 'own',
      settings: someEntrySettings({ cellTimeoutMs: 1, startTimeoutMs: 2, allowErrors: false }),
    }),
    anEntry({ name: 'open' }),
  ];
  const { runs } = await planRuns(
    aRequest({ entries, cellTimeoutMs: 7, allowErrors: true }),
    notebookFiles(),
  );
  expect(
    runs.map(({ settings }) => [
      settings.cellTimeoutMs,
      settings.startTimeoutMs,
      settings.allowErrors,
      settings.cwd,
    ]),
  ).toEqual([
    [1, 2, false, '/project'],
    [7, 60_000, true, '/project'],
  ]);
});
