import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/model.ts';
import { UserError } from '../../src/errors.ts';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { buildRequest } from '../../src/inputs/build-request.ts';
import type { InputName } from '../../src/inputs/input-definitions.ts';
import type { FileReading, InputFiles } from '../../src/inputs/ports.ts';
import type { RawInputs } from '../../src/inputs/raw-inputs.ts';
import { aPublishRequest } from '../fakes/publish-requests.ts';

const HOME = resolve('/home/jo');
const ENTRY = '{"one": {"notebook": "n.ipynb"}}';

/** Files by path below the home directory; a `FileReading` stands for a file that cannot be read. */
function filesOf(content: Readonly<Record<string, string | FileReading>>): InputFiles {
  const files = new Map(Object.entries(content).map(([name, reading]) => [resolve(HOME, name), reading]));
  const below = (directory: string, name: string) => resolve(directory, name);
  return {
    currentDirectory: HOME,
    read: (path) => {
      const reading = files.get(path) ?? { kind: 'missing' };
      return Promise.resolve(typeof reading === 'string' ? { kind: 'text', text: reading } : reading);
    },
    glob: (pattern, directory) => {
      const [start = '', end = ''] = pattern.split('*');
      const names = Object.keys(content).filter((name) => name.startsWith(start) && name.endsWith(end));
      return Promise.resolve(names.filter((name) => files.has(below(directory, name))).toReversed());
    },
    list: (directory) => {
      const names = [...files.keys()].filter((path) => resolve(path, '..') === directory);
      const known = directory === HOME || names.length > 0;
      return Promise.resolve(known ? names.map((path) => path.slice(directory.length + 1)) : undefined);
    },
  };
}

function asked(
  values: Partial<Record<InputName, string>>,
  rest: Partial<Omit<RawInputs, 'values'>> = {},
): RawInputs {
  const given = new Map(Object.entries(values) as [InputName, string][]);
  return { face: 'action', parameters: new Map(), ...rest, values: given };
}

async function messageFor(raw: RawInputs, files: InputFiles): Promise<string> {
  const error: unknown = await buildRequest(raw, files).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error('expected a UserError');
  expect(error.problems).not.toEqual([]);
  return error.message;
}

describe('a request', () => {
  test('has every default of the contract', async () => {
    const { entries, ...request } = await buildRequest(asked({}), filesOf({ 'configs.json': ENTRY }));
    expect(entries.map((entry) => entry.name)).toEqual(['one']);
    expect(request).toEqual({
      parameters: new Map(),
      select: [],
      workingDirectory: HOME,
      maxParallel: 'auto',
      failFast: false,
      cellTimeoutMs: undefined,
      runTimeoutMs: undefined,
      startTimeoutMs: 60_000,
      batchTimeoutMs: undefined,
      retries: 0,
      allowErrors: false,
      strictParameters: false,
      outputLimits: { streamBytes: 8e6, outputBytes: 20e6, notebookBytes: 100e6 },
      outputDir: resolve(HOME, 'papermill_outputs'),
      outputPath: '{notebook_name}/{output_label}/{notebook_name}_{output_label}.ipynb',
      backup: false,
      passEnv: [],
      isolation: 'fork',
      preload: 'auto',
      python: { interpreter: undefined, install: 'auto', requirements: [] },
      publish: aPublishRequest(),
      mistakes: [],
      unsound: [],
    } satisfies Omit<Request, 'entries'>);
  });

  test('has what was asked for, with paths below the working directory', async () => {
    const raw = asked({
      configs: 'batch.yaml',
      parameters: 'alpha: [0.1, 1.0]',
      select: ' a, b\n!c \n',
      'working-directory': 'sub',
      'max-parallel': '4',
      'fail-fast': 'True',
      'cell-timeout': '5m',
      'run-timeout': 'none',
      'start-timeout': '90',
      'batch-timeout': '2h',
      retries: '3',
      'allow-errors': 'TRUE',
      'strict-parameters': 'true',
      'output-limit': '2MB',
      python: '.venv/bin/python',
      install: 'never',
      requirements: 'req.txt',
      'earlier-results': 'before/results.json',
      'output-dir': 'out',
      'output-path': '{output_label}.ipynb',
      'pass-env': 'TOKEN,KEY',
      isolation: 'spawn',
      preload: 'numpy, matplotlib.pyplot',
      backup: 'true',
    });
    const files = filesOf({ 'sub/batch.yaml': 'one: {notebook: n.ipynb}', 'sub/req.txt': 'pandas' });
    const { entries, ...request } = await buildRequest(raw, files);
    expect(entries.map((entry) => entry.at(''))).toEqual([
      { file: 'batch.yaml', line: 1, column: 1, pointer: '/one' },
    ]);
    expect(request).toEqual({
      parameters: new Map([['alpha', [0.1, 1]]]),
      select: ['a', 'b', '!c'],
      workingDirectory: resolve(HOME, 'sub'),
      maxParallel: 4,
      failFast: true,
      cellTimeoutMs: 300_000,
      runTimeoutMs: undefined,
      startTimeoutMs: 90_000,
      batchTimeoutMs: 7_200_000,
      retries: 3,
      allowErrors: true,
      strictParameters: true,
      outputLimits: { streamBytes: 2e6, outputBytes: 20e6, notebookBytes: 100e6 },
      earlierResults: resolve(HOME, 'sub/before/results.json'),
      outputDir: resolve(HOME, 'sub/out'),
      outputPath: '{output_label}.ipynb',
      backup: true,
      passEnv: ['TOKEN', 'KEY'],
      isolation: 'spawn',
      preload: ['numpy', 'matplotlib.pyplot'],
      python: {
        interpreter: resolve(HOME, 'sub/.venv/bin/python'),
        install: 'never',
        requirements: [resolve(HOME, 'sub/req.txt')],
      },
      publish: aPublishRequest(),
      mistakes: [],
      unsound: [],
    } satisfies Omit<Request, 'entries'>);
  });

  test('from the command line backs up unless told otherwise, and -p lies over --parameters', async () => {
    const files = filesOf({ 'configs.json': ENTRY });
    const face = 'command-line';
    const plain = await buildRequest(asked({}, { face }), files);
    const told = await buildRequest(
      asked(
        { backup: 'false', parameters: '{"a": 1, "b": 2}', python: 'python3.12' },
        { face, parameters: new Map([['a', 5n]]) },
      ),
      files,
    );
    expect([plain.backup, told.backup]).toEqual([true, false]);
    expect([...told.parameters]).toEqual([
      ['a', 5n],
      ['b', 2n],
    ]);
    expect(told.python.interpreter).toBe('python3.12');
  });

  test('has the entries of all files that a glob matches, in order of their names', async () => {
    const files = filesOf({
      'c/b.json': '{"two": {"notebook": "n"}}',
      'c/a.json': '{"one": {"notebook": "n"}}',
      'c/notes.txt': 'no configs',
    });
    const { entries } = await buildRequest(asked({ configs: 'c/*.json' }), files);
    expect(entries.map((entry) => [entry.name, entry.at('').file])).toEqual([
      ['one', 'c/a.json'],
      ['two', 'c/b.json'],
    ]);
  });

  test.for([
    ['JSON', ENTRY, 1],
    ['JSON after a line break', `\n${ENTRY}\n`, 2],
    ['YAML', 'one:\n  notebook: n.ipynb\n', 1],
  ] as const)('takes inline %s', async ([, configs, line]) => {
    const { entries } = await buildRequest(asked({ configs }), filesOf({}));
    expect(entries.map((entry) => [entry.name, entry.at('').file, entry.at('').line])).toEqual([
      ['one', 'input configs', line],
    ]);
  });

  test('takes a file name with a line break behind it for a file name', async () => {
    const { entries } = await buildRequest(asked({ configs: 'c.json\n' }), filesOf({ 'c.json': ENTRY }));
    expect(entries).toHaveLength(1);
  });
});

describe('one error', () => {
  test('tells the mistakes of inputs and configs together', async () => {
    const raw = asked({
      'cell-timeout': '5 min',
      'fail-fast': 'yes',
      'max-parallel': '0',
      install: 'neverr',
      comment: 'sometimes',
      'artifact-name': 'a/b.html',
      report: 'maybe',
      parameters: '[1]',
      requirements: 'req.txt',
    });
    expect(await messageFor(raw, filesOf({ 'configs.json': '{"one": {}}' }))).toBe(
      [
        'input max-parallel: expected auto or a whole number from 1, got "0". Write for instance 4, or auto.',
        'input fail-fast: expected true or false, got "yes". Write one of the two.',
        'input cell-timeout: expected seconds above 0, got "5 min". Write 300 or "5m".',
        'input install: expected one of auto, never, got "neverr". Did you mean "never"?',
        'input artifact-name: expected a name without " : < > | * ? / \\ and without the ending of a file, got "a/b.html". Write for instance notebooks.',
        'input report: expected true or false, got "maybe". Write one of the two.',
        'input comment: expected one of auto, always, on-failure, never, got "sometimes". Write for instance auto.',
        'input requirements: there is no file "req.txt". Check the path.',
        'input parameters has 1 problem:',
        '  1:1  expected an object of name and value, got a list of 1. Write for instance {"alpha": 0.1}, or {} for none.',
        'configs.json has 1 problem:',
        '  1:2  /one  "notebook" is missing. Add the path of the notebook to execute.',
      ].join('\n'),
    );
  });

  test('calls things by their names on the command line', async () => {
    const raw = asked({ retries: 'two', configs: '{}' }, { face: 'command-line' });
    expect(await messageFor(raw, filesOf({}))).toBe(
      [
        'option --retries: expected a whole number from 0 to 1000, got "two". Write for instance 2.',
        'argument CONFIGS has 1 problem:',
        '  1:1  has no entries. The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
      ].join('\n'),
    );
  });

  test('says of a missing file which one was probably meant', async () => {
    const files = filesOf({ 'c/configs.json': ENTRY, 'c/notes.md': '' });
    expect(await messageFor(asked({ configs: 'c/config.json' }), files)).toBe(
      'c/config.json: there is no such file. Did you mean "c/configs.json"?',
    );
  });

  test('says of a missing file what the smallest one is', async () => {
    expect(await messageFor(asked({}), filesOf({}))).toBe(
      'configs.json: there is no such file. The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
    );
  });

  test('says why a file cannot be read', async () => {
    const files = filesOf({ 'configs.json': { kind: 'unreadable', reason: 'it is a directory' } });
    expect(await messageFor(asked({}), files)).toBe('configs.json: cannot be read: it is a directory');
  });

  test('says that nothing matches a glob', async () => {
    expect(await messageFor(asked({ configs: 'c/*.json' }), filesOf({}))).toBe(
      'input configs: no file matches "c/*.json".',
    );
  });

  test('hands mistakes of the configs on with the sound entries, for the plan to find more', async () => {
    const files = filesOf({ 'c/a.json': ENTRY, 'c/b.json': ENTRY });
    const { entries, mistakes } = await buildRequest(asked({ configs: 'c/*' }), files);
    expect(entries.map(({ name }) => name)).toEqual(['one']);
    expect(formatProblems(mistakes)).toBe(
      'c/b.json has 1 problem:\n  1:2  /one  the name "one" is already at c/a.json:1:2. Names must differ.',
    );
  });

  test('splits lists at line ends and at commas, but not inside brackets', async () => {
    const select = 'train (0.1, 3), b*\n{x,y}, !tag:slow';
    const request = await buildRequest(asked({ configs: ENTRY, select }), filesOf({}));
    expect(request.select).toEqual(['train (0.1, 3)', 'b*', '{x,y}', '!tag:slow']);
  });

  test('says that the working directory does not exist', async () => {
    expect(await messageFor(asked({ 'working-directory': 'nope', configs: ENTRY }), filesOf({}))).toBe(
      'input working-directory: "nope" is not a directory. Check the path.',
    );
  });
});
