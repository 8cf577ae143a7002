import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { parseConfigs } from '../../src/inputs/parse-configs.ts';

function problemsOf(text: string, file = 'configs.json'): string {
  return formatProblems(parseConfigs(text, file).problems);
}

test('every mistake of every entry is told at once, with place, value and cure', () => {
  const text = `{
  "typo": { "notbook": "n.ipynb" },
  "missing": { "data": 1 },
  "number": 5,
  "settings": {
    "notebook": "",
    "run": {
      "kernl": "python3", "cell_timeout": "5 min", "timeout": 0, "start_timeout": null, "retries": -1,
      "allow_errors": "true", "tags": "nightly", "env": { "N": 2, "A=B": "x" }, "preload": "numpy", "colour": 1
    }
  },
  "shapes": { "notebook": "n.ipynb", "parameters": null, "output_label": 2020, "data_url": "x" },
  "matrix": { "notebook": "n.ipynb", "matrix": { "a": 0.1, "b": [], "include": {}, "exclude": [1] } }
}`;
  expect(problemsOf(text)).toBe(
    [
      'configs.json has 22 problems:',
      '  2:13   /typo/notbook  unknown key "notbook". Did you mean "notebook"?',
      '  3:3    /missing  "notebook" is missing. Add the path of the notebook to execute.',
      '  4:13   /number  expected an entry, got 5. Write for instance {"notebook": "notebooks/explore.ipynb"}.',
      '  6:17   /settings/notebook  expected text that is not blank, got "". Write it, or remove the key.',
      '  8:7    /settings/run/kernl  unknown key "kernl". Did you mean "kernel"?',
      '  8:43   /settings/run/cell_timeout  expected seconds above 0, got "5 min". Write 300 or "5m".',
      '  8:63   /settings/run/timeout  expected seconds above 0, got 0. Write for instance 90, "90s", "5m" or "1h30m", at most 576h.',
      '  8:83   /settings/run/start_timeout  expected seconds above 0, got null. Write for instance 90, "90s", "5m" or "1h30m", at most 576h.',
      '  8:100  /settings/run/retries  expected a whole number from 0 to 1000, got -1. Write for instance 2, without quotes.',
      '  9:23   /settings/run/allow_errors  expected true or false, got "true". Write it without quotes.',
      '  9:39   /settings/run/tags  expected a list of words, got "nightly". Write ["nightly"].',
      '  9:64   /settings/run/env/N  expected text, as every environment variable is, got 2. Quote it: "2".',
      '  9:67   /settings/run/env/A=B  "A=B" cannot name a variable. Write a name without "=".',
      '  9:92   /settings/run/preload  expected "auto", "none" or a list of Python modules, got "numpy". Write ["numpy"].',
      '  9:101  /settings/run/colour  unknown key "colour". Known keys: kernel, cwd, env, cell_timeout, timeout, start_timeout, memory_limit, retries, allow_errors, tags, preload.',
      '  12:52  /shapes/parameters  expected an object of name and value, got null. Write for instance {"alpha": 0.1}, or {} for none.',
      '  12:74  /shapes/output_label  expected text, got 2020. Quote it: "2020".',
      '  12:80  /shapes/data_url  unknown key "data_url". A variable goes into "parameters". Known keys: notebook, parameters, matrix, run, output_label.',
      '  13:55  /matrix/matrix/a  expected a list of values, got 0.1. Write [0.1].',
      '  13:65  /matrix/matrix/b  expected a list of values, got an empty list. Write at least one value.',
      '  13:80  /matrix/matrix/include  expected a list of objects, got an empty object. Write for instance [{"alpha": 1.0, "seed": 3}].',
      '  13:96  /matrix/matrix/exclude/0  expected an object of name and value, got 1. Write for instance {"alpha": 0.1}, or {} for none.',
    ].join('\n'),
  );
});

test('the good entries are read beside the wrong ones', () => {
  const { entries } = parseConfigs('{"a": {}, "b": {"notebook": "n.ipynb"}, "c": 1}', 'configs.json');
  expect(entries.map((entry) => entry.name)).toEqual(['b']);
});

test('of a wrong entry remains what does not depend on its mistakes', () => {
  const text = JSON.stringify({
    misspelt: { notebok: 'a.ipynb' },
    run: { notebook: 'b.ipynb', output_label: '{x}', run: { kernel: 'ir', retries: -1 } },
    parameters: { notebook: 'c.ipynb', parameters: 3, matrix: { x: [1] } },
  });
  const { entries, unsound } = parseConfigs(text, 'configs.json');
  expect(entries).toEqual([]);
  expect(
    unsound.map((entry) => [entry.notebook, entry.settings.kernel, entry.at('/notebook').column]),
  ).toEqual([
    ['a.ipynb', undefined, text.indexOf('"a.ipynb"') + 1],
    ['b.ipynb', 'ir', text.indexOf('"b.ipynb"') + 1],
    ['c.ipynb', undefined, text.indexOf('"c.ipynb"') + 1],
  ]);
  expect(unsound.map(({ outputLabel, matrix }) => [outputLabel, matrix])).toEqual(
    unsound.map(() => [undefined, undefined]),
  );
  expect(unsound[2]?.parameters.size).toBe(0);
});

test.for([
  [
    'no entries',
    '{}',
    '1:1  has no entries. The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
  ],
  [
    'reserved keys only',
    '{"defaults": {"notebook": "n.ipynb"}}',
    '1:1  has no entries. The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
  ],
  [
    'an empty list',
    '[]',
    '1:1  has no entries. The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
  ],
  [
    'a value that is no object',
    '"n.ipynb"',
    '1:1  expected an object of name and entry, got "n.ipynb". The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
  ],
  [
    'a repeated name',
    '{"a": {"notebook": "n"}, "a": {"notebook": "n"}}',
    '1:26  /a  the key "a" is already at 1:2. Keep one of the two.',
  ],
  [
    'a repeated name in a list',
    '[{"name": "a", "notebook": "n"}, {"name": "a", "notebook": "n"}]',
    '1:43  /1/name  the name "a" is already at 1:11. Names must differ.',
  ],
  ['a list without a name', '[{"notebook": "n"}]', '1:2  /0  "name" is missing. Add a name for the run.'],
  [
    'a list with a number for a name',
    '[{"name": 1, "notebook": "n"}]',
    '1:11  /0/name  expected a name, got 1. Write it in quotes: "1".',
  ],
  ['an empty name', '{"": {"notebook": "n"}}', '1:2  /  an entry has no name. Write one.'],
  [
    'misspelt defaults',
    '{"default": {"run": {}}, "a": {"notebook": "n"}}',
    '1:2  /default  "default" is no entry, for it has no "notebook". Did you mean "defaults"?',
  ],
  [
    'defaults of another shape',
    '{"defaults": 1, "a": {"notebook": "n"}}',
    '1:14  /defaults  expected an object of what every entry has, got 1. Write for instance {"run": {"cell_timeout": 600}}.',
  ],
  [
    'a name outside of a list',
    '{"a": {"name": "a", "notebook": "n", "parameters": {}}}',
    '1:8  /a/name  unknown key "name". A variable goes into "parameters". Known keys: notebook, parameters, matrix, run, output_label.',
  ],
  [
    'a sweep of nothing',
    '{"a": {"notebook": "n", "matrix": {}}}',
    '1:35  /a/matrix  expected at least one parameter to sweep, got an empty object. Write for instance {"seed": [1, 2, 3]}.',
  ],
  [
    'a tag with a comma',
    '{"a": {"notebook": "n", "run": {"tags": ["x,y"]}}}',
    '1:42  /a/run/tags/0  expected a word without commas, got "x,y". Write for instance ["nightly", "slow"].',
  ],
] as const)('%s is a problem', ([, text, expected]) => {
  expect(problemsOf(text)).toBe(`configs.json has 1 problem:\n${expected.replace(/^/, '  ')}`);
});

test('an empty file is a problem that shows the smallest one', () => {
  expect(problemsOf('\n')).toBe(
    'configs.json: the text is empty. The smallest is {"explore": {"notebook": "notebooks/explore.ipynb"}}',
  );
});

test('a syntax error is told with its place', () => {
  expect(problemsOf('{"a": {"notebook": "n.ipynb"}\n "b": {}}')).toBe(
    'configs.json has 1 problem:\n  2:2  expected "," before "\\"b\\"".',
  );
});

test('any text ends in entries and problems, never in an exception', () => {
  const fragment = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"notebook"',
    '"defaults"',
    '"run"',
    '"matrix"',
    '"n"',
    '1',
    'null',
    '- ',
    '\n',
    '  ',
    '&a',
    '*a',
    '<<',
    '? ',
    '!!str',
    '#',
    '//',
    '|',
    "'",
    '\t',
    '---',
    'x: ',
    'NaN',
    '-Infinity',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('c.json', 'c.yaml', 'input configs'), (given, file) => {
      const { entries, problems } = parseConfigs(given, file);
      expect(entries.length + problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});
