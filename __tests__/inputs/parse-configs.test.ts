import { describe, expect, test } from 'vitest';
import type { ConfigEntry, EntrySettings, Value } from '../../src/model.ts';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { parseConfigs } from '../../src/inputs/parse-configs.ts';

const NOTHING_SET: EntrySettings = {
  kernel: undefined,
  cwd: undefined,
  env: new Map(),
  cellTimeoutMs: undefined,
  timeoutMs: undefined,
  startTimeoutMs: undefined,
  retries: undefined,
  allowErrors: undefined,
  tags: [],
};

function entriesOf(text: string, file = 'configs.json'): readonly Omit<ConfigEntry, 'at'>[] {
  const { entries, problems } = parseConfigs(text, file);
  expect(formatProblems(problems)).toBe('');
  return entries.map((entry): Omit<ConfigEntry, 'at'> => {
    const { name, notebook, outputLabel, form, parameters, matrix, settings } = entry;
    return { name, notebook, outputLabel, form, parameters, matrix, settings };
  });
}

function problemsOf(text: string, file = 'configs.json'): string {
  return formatProblems(parseConfigs(text, file).problems);
}

const map = (entries: Record<string, Value>) => new Map(Object.entries(entries));

describe('the three forms of the contract', () => {
  const text = `{
  "$schema": "./configs.schema.json",
  "defaults": { "run": { "cell_timeout": 600 } },

  // The 2019 form.
  "config_bank": {
    "notebook": "notebooks/data_explorer.ipynb",
    "data_url": "data/bank.csv",
    "output_label": "bank"
  },
  "train_small": {
    "notebook": "notebooks/train.ipynb",
    "parameters": { "alpha": 0.1, "layers": [64, 64], "dropout": null },
    "run": { "kernel": "python3", "cell_timeout": 60, "timeout": 900, "retries": 1, "env": { "OMP_NUM_THREADS": "2" } }
  },
  "sweep": {
    "notebook": "notebooks/train.ipynb",
    "parameters": { "epochs": 5 },
    "matrix": {
      "alpha": [0.01, 0.1, 1.0],
      "seed": [1, 2, 3],
      "exclude": [{ "alpha": 1.0, "seed": 3 }],
      "include": [{ "alpha": 10.0, "seed": 1 }]
    },
    "output_label": "a{alpha}_s{seed}",
  },
}`;

  test('are read with every number as written', () => {
    expect(entriesOf(text)).toEqual([
      {
        name: 'config_bank',
        notebook: 'notebooks/data_explorer.ipynb',
        outputLabel: 'bank',
        form: 'config',
        parameters: map({
          notebook: 'notebooks/data_explorer.ipynb',
          data_url: 'data/bank.csv',
          output_label: 'bank',
        }),
        matrix: undefined,
        settings: { ...NOTHING_SET, cellTimeoutMs: 600_000 },
      },
      {
        name: 'train_small',
        notebook: 'notebooks/train.ipynb',
        outputLabel: undefined,
        form: 'parameters',
        parameters: map({ alpha: 0.1, layers: [64n, 64n], dropout: null }),
        matrix: undefined,
        settings: {
          ...NOTHING_SET,
          kernel: 'python3',
          cellTimeoutMs: 60_000,
          timeoutMs: 900_000,
          retries: 1,
          env: new Map([['OMP_NUM_THREADS', '2']]),
        },
      },
      {
        name: 'sweep',
        notebook: 'notebooks/train.ipynb',
        outputLabel: 'a{alpha}_s{seed}',
        form: 'parameters',
        parameters: map({ epochs: 5n }),
        matrix: {
          dimensions: new Map<string, readonly Value[]>([
            ['alpha', [0.01, 0.1, 1]],
            ['seed', [1n, 2n, 3n]],
          ]),
          exclude: [map({ alpha: 1, seed: 3n })],
          include: [map({ alpha: 10, seed: 1n })],
        },
        settings: { ...NOTHING_SET, cellTimeoutMs: 600_000 },
      },
    ]);
  });

  test.for([
    ['auto', 'auto'],
    ['none', []],
    [
      ['numpy', 'a.b'],
      ['numpy', 'a.b'],
    ],
  ])('say which imports are shared: %j', ([written, preload]) => {
    const configs = { a: { notebook: 'n.ipynb', run: { preload: written } } };
    const { entries, problems } = parseConfigs(JSON.stringify(configs), 'c.json');
    expect(problems).toEqual([]);
    expect(entries[0]?.settings.preload).toEqual(preload);
  });

  test('say how much memory a kernel may take', () => {
    const limit = (written: unknown): unknown => {
      const run = { memory_limit: written };
      const { entries, problems } = parseConfigs(
        JSON.stringify({ a: { notebook: 'n.ipynb', run } }),
        'c.json',
      );
      return entries[0]?.settings.memoryLimitBytes ?? problems[0]?.message;
    };
    expect(limit('2GB')).toBe(2e9);
    expect(limit('512 MiB')).toBe(2 ** 29);
    const cure = 'Write for instance "2GB" or "512MiB".';
    expect(limit('63MB')).toBe(`expected a size from 64MB, got "63MB". ${cure}`);
    expect(limit(2_000_000_000)).toBe(`expected a size from 64MB, got 2000000000. ${cure}`);
    expect(limit('plenty')).toBe(`expected a size from 64MB, got "plenty". ${cure}`);
  });

  test('know where each of their values stands', () => {
    const [bank, small, sweep] = parseConfigs(text, 'configs.json').entries;
    const file = 'configs.json';
    expect(bank?.at('')).toEqual({ file, line: 6, column: 3, pointer: '/config_bank' });
    expect(bank?.at('/nothing/here')).toEqual(bank?.at(''));
    expect(bank?.at('/notebook')).toEqual({ file, line: 7, column: 17, pointer: '/config_bank/notebook' });
    expect(bank?.at('/parameters/data_url')).toEqual(bank?.at('/data_url'));
    expect(bank?.at('/run/cell_timeout')).toEqual({
      file,
      line: 3,
      column: 42,
      pointer: '/defaults/run/cell_timeout',
    });
    expect(small?.at('/parameters/layers/1')).toEqual({
      file,
      line: 13,
      column: 50,
      pointer: '/train_small/parameters/layers/1',
    });
    expect(sweep?.at('/matrix/include/0/seed')).toEqual({
      file,
      line: 23,
      column: 44,
      pointer: '/sweep/matrix/include/0/seed',
    });
  });
});

test('YAML says the same as JSON', () => {
  const yaml = `
defaults: {run: {env: {A: "1"}}}
bank:
  notebook: explore.ipynb
  rows: 1.0
  run:
    tags: [nightly]
    env:
      B: "2"
    timeout: none
`;
  const json = `{"defaults": {"run": {"env": {"A": "1"}}}, "bank": {"notebook": "explore.ipynb", "rows": 1.0,
    "run": {"tags": ["nightly"], "env": {"B": "2"}, "timeout": null}}}`;
  expect(entriesOf(yaml, 'configs.yml')).toEqual(entriesOf(json));
  expect(entriesOf(yaml, 'input configs')).toEqual(entriesOf(json, 'input configs'));
});

test('a list of entries has names in the entries, and a config keeps its name', () => {
  const text =
    '[{"name": "a", "notebook": "n.ipynb"}, {"notebook": "n.ipynb", "parameters": {}, "name": "b"}]';
  const [a, b] = entriesOf(text);
  expect([a?.name, a?.parameters]).toEqual(['a', map({ name: 'a', notebook: 'n.ipynb' })]);
  expect([b?.name, b?.parameters]).toEqual(['b', map({})]);
});

test('a name with a slash or a tilde keeps its place', () => {
  const [entry] = parseConfigs(
    '{"a/b~c": {"notebook": "n.ipynb", "parameters": {"x/y": 1}}}',
    'c.json',
  ).entries;
  expect(entry?.at('/parameters/x~1y')).toEqual({
    file: 'c.json',
    line: 1,
    column: 57,
    pointer: '/a~1b~0c/parameters/x~1y',
  });
});

describe('defaults', () => {
  test('fill run, its env and parameters key by key, and the entry wins', () => {
    const [entry] = entriesOf(`{
      "defaults": {"notebook": "d.ipynb", "output_label": "x", "parameters": {"a": 1, "b": 2},
                   "run": {"kernel": "ir", "retries": 2, "env": {"A": "d", "B": "d"}}},
      "one": {"parameters": {"b": 3, "c": 4}, "run": {"kernel": "python3", "env": {"B": "e"}}}}`);
    expect(entry).toEqual({
      name: 'one',
      notebook: 'd.ipynb',
      outputLabel: 'x',
      form: 'parameters',
      parameters: map({ b: 3n, c: 4n, a: 1n }),
      matrix: undefined,
      settings: {
        ...NOTHING_SET,
        kernel: 'python3',
        retries: 2,
        env: new Map([
          ['B', 'e'],
          ['A', 'd'],
        ]),
      },
    });
  });

  test('are replaced as a whole in every other key', () => {
    const [entry] = entriesOf(`{
      "defaults": {"matrix": {"seed": [1, 2]}, "layers": [1]},
      "one": {"notebook": "n.ipynb", "matrix": {"alpha": [0.5]}, "layers": {"x": 1}}}`);
    expect(entry?.matrix?.dimensions).toEqual(new Map([['alpha', [0.5]]]));
    expect(entry?.parameters.get('layers')).toEqual(map({ x: 1n }));
  });

  test('with other keys are data for entries of the 2019 form only', () => {
    const [config, parameters] = entriesOf(`{
      "defaults": {"data_url": "d.csv"},
      "config": {"notebook": "n.ipynb"},
      "parameters": {"notebook": "n.ipynb", "parameters": {"a": 1}}}`);
    expect(config?.parameters).toEqual(map({ notebook: 'n.ipynb', data_url: 'd.csv' }));
    expect(parameters?.parameters).toEqual(map({ a: 1n }));
  });

  test('with a mistake are told once, also when every entry replaces the value', () => {
    expect(
      problemsOf(`{"defaults": {"run": {"retries": "two"}, "notbook": "n.ipynb"},
 "a": {"notebook": "n.ipynb", "parameters": {}, "run": {"retries": 1}},
 "b": {"notebook": "n.ipynb", "parameters": {}, "run": {"retries": 2}}}`),
    ).toBe(
      [
        'configs.json has 2 problems:',
        '  1:34  /defaults/run/retries  expected a whole number from 0 to 1000, got "two". Write for instance 2, without quotes.',
        '  1:42  /defaults/notbook  unknown key "notbook". Did you mean "notebook"?',
      ].join('\n'),
    );
  });
});
