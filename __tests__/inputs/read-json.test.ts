import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { valueOf } from '../../src/inputs/located-node.ts';
import { readDocument } from '../../src/inputs/read-document.ts';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { PYTHON_JSON_NUMBERS } from './python-json-numbers.ts';
import { pythonRepr } from './python-repr.ts';

function read(text: string): Value {
  const { root, problems } = readDocument(text, 'x.json');
  expect(problems).toEqual([]);
  if (root === undefined) throw new Error('nothing was read');
  return valueOf(root);
}

const problemsOf = (text: string) => formatProblems(readDocument(text, 'x.json').problems);

test.for(PYTHON_JSON_NUMBERS)('%s is the %s that Python reads', ([literal, type, shown]) => {
  expect(pythonRepr(read(literal))).toEqual([type, shown]);
  expect(read(`{"a": [${literal}]}`)).toEqual(new Map([['a', [read(literal)]]]));
});

describe('random values', () => {
  const scalar = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'binary' }),
    fc.bigInt(),
    fc.double(),
    fc.double({ noInteger: true }),
  );
  const value = fc.letrec<{ value: Value; list: Value; object: Value }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 5 }),
    object: fc
      .array(fc.tuple(fc.string({ unit: 'binary' }), tie('value')), { maxLength: 5 })
      .map((entries) => new Map(entries)),
  })).value;

  test('come back from the text that Python writes for them', () => {
    fc.assert(
      fc.property(value, fc.constantFrom('', ' ', '\r\n', '/* , */', '// "x\n'), (original, gap) => {
        expect(read(pythonJson(original, gap))).toEqual(original);
      }),
    );
  });

  function pythonJson(of: Value, gap: string): string {
    if (Array.isArray(of))
      return `[${of.map((item: Value) => gap + pythonJson(item, gap)).join(`${gap},`)}${gap}]`;
    if (of instanceof Map) {
      const entries = Array.from(of as ReadonlyMap<string, Value>);
      const members = entries.map(
        ([key, item]) => `${JSON.stringify(key)}${gap}:${gap}${pythonJson(item, gap)}`,
      );
      return `{${members.join(',')}${gap}}`;
    }
    if (typeof of === 'string') return JSON.stringify(of);
    const [, shown] = pythonRepr(of);
    return typeof of === 'number'
      ? shown.replace('nan', 'NaN').replace('inf', 'Infinity')
      : shown.toLowerCase().replace('none', 'null');
  }
});

test('comments, trailing commas, CRLF and a byte order mark are read', () => {
  const text = '\uFEFF{\r\n  // one\r\n  "a": [1, 2,], /* two\r\n */ "b": {"c": "d",},\r\n}\r\n';
  expect(read(text)).toEqual(
    new Map<string, Value>([
      ['a', [1n, 2n]],
      ['b', new Map([['c', 'd']])],
    ]),
  );
});

test('keys stay in file order, also those that look like numbers or prototypes', () => {
  const keys = [...(read('{"2": 0, "1": 0, "__proto__": 0, "constructor": 0}') as Map<string, Value>).keys()];
  expect(keys).toEqual(['2', '1', '__proto__', 'constructor']);
});

test('every value and key knows its line, column and pointer', () => {
  const { root } = readDocument('\uFEFF{\r\n  "a/b": [true,\r\n    {"~": 1}]\r\n}', 'x.json');
  const file = 'x.json';
  expect(root).toEqual({
    kind: 'object',
    place: { file, line: 1, column: 1, pointer: '' },
    entries: [
      {
        key: 'a/b',
        keyPlace: { file, line: 2, column: 3, pointer: '/a~1b' },
        value: {
          kind: 'array',
          place: { file, line: 2, column: 10, pointer: '/a~1b' },
          items: [
            { kind: 'boolean', value: true, place: { file, line: 2, column: 11, pointer: '/a~1b/0' } },
            {
              kind: 'object',
              place: { file, line: 3, column: 5, pointer: '/a~1b/1' },
              entries: [
                {
                  key: '~',
                  keyPlace: { file, line: 3, column: 6, pointer: '/a~1b/1/~0' },
                  value: {
                    kind: 'int',
                    value: 1n,
                    place: { file, line: 3, column: 11, pointer: '/a~1b/1/~0' },
                  },
                },
              ],
            },
          ],
        },
      },
    ],
  });
});

test.for([
  [
    'a key that repeats',
    '{"a": 1,\n "a": 2}',
    'x.json has 1 problem:\n  2:2  /a  the key "a" is already at 1:2. Keep one of the two.',
  ],
  [
    'a float that overflows',
    '[1e400]',
    'x.json has 1 problem:\n  1:2  /0  1e400 is larger than a float can be. Quote it ("1e400") or write Infinity.',
  ],
  [
    'a float that overflows below',
    '[-1e400]',
    'x.json has 1 problem:\n  1:2  /0  -1e400 is larger than a float can be. Quote it ("-1e400") or write -Infinity.',
  ],
  [
    'Python words',
    '{"a": True,\n "b": None}',
    'x.json has 2 problems:\n  1:7  "True" has no meaning in JSON. Write true or false.\n  2:7  "None" has no meaning in JSON. Write null.',
  ],
  [
    'single quotes',
    "{'a': 1}",
    'x.json has 1 problem:\n  1:2  "\'a\'" has no meaning in JSON. Strings and keys take double quotes: "…".',
  ],
  [
    'a bare key',
    '{a: 1}',
    'x.json has 1 problem:\n  1:2  "a" has no meaning in JSON. Strings and keys take double quotes: "…".',
  ],
  ['a missing comma', '[1\n 2]', 'x.json has 1 problem:\n  2:2  expected "," before "2".'],
  ['a missing colon', '{"a" 1}', 'x.json has 1 problem:\n  1:6  expected ":" after the key, got "1".'],
  ['a missing value', '{"a": }', 'x.json has 1 problem:\n  1:7  expected a value, got "}".'],
  ['two values', '1 2', 'x.json has 1 problem:\n  1:3  expected the end, got "2". A file holds one value.'],
  [
    'a missing brace',
    '{"a": 1',
    'x.json has 1 problem:\n  1:8  an object is not closed. Add the missing "}".',
  ],
  ['a leading zero', '[01]', 'x.json has 1 problem:\n  1:3  expected "," before "1".'],
  [
    'a number glued to a word',
    '[1Infinity]',
    'x.json has 1 problem:\n  1:2  /0  1Infinity is not a number. Write it like 1, 0.5 or 1e-3.',
  ],
  [
    'a path with backslashes',
    '["C:\\data"]',
    'x.json has 1 problem:\n  1:2  a backslash stands before a character it cannot escape. Write \\\\ for a backslash.',
  ],
] as const)('%s is a problem with its place and cure', ([, text, expected]) => {
  expect(problemsOf(text)).toBe(expected);
});

test('an integer longer than Python reads is a problem, not a changed number', () => {
  expect(read('9'.repeat(4300))).toBe(BigInt('9'.repeat(4300)));
  expect(problemsOf('9'.repeat(4301))).toBe(
    'x.json has 1 problem:\n  1:1  the integer has 4301 digits, and Python reads at most 4300. Quote it.',
  );
});

test('200 levels are read, and one more is a problem however deep the text goes', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(readDocument(nested(200), 'x.json').problems).toEqual([]);
  const message = 'nested more than 200 levels deep. Flatten the data, or put it in a file of its own.';
  for (const text of [nested(201), '['.repeat(200_000), '{"a":'.repeat(200_000)]) {
    expect(readDocument(text, 'x.json').problems.map((problem) => problem.message)).toEqual([message]);
  }
});

test('of very many mistakes the first twenty are told, and how many follow', () => {
  const { problems } = readDocument(`[${'True,'.repeat(50)}]`, 'x.json');
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)?.message).toBe('from here on, 30 more mistakes. Mend the ones above first.');
});

test('an empty text, or one with comments only, has no root and no problem', () => {
  for (const text of ['', ' \r\n', '// nothing', '\uFEFF/* */']) {
    expect(readDocument(text, 'x.json')).toEqual({ root: undefined, problems: [] });
  }
});
