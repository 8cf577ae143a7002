import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { valueOf } from '../../src/inputs/located-node.ts';
import { readDocument } from '../../src/inputs/read-document.ts';

function read(text: string): Value {
  const { root, problems } = readDocument(text, 'x.yaml');
  expect(problems).toEqual([]);
  if (root === undefined) throw new Error('nothing was read');
  return valueOf(root);
}

const problemsOf = (text: string) => formatProblems(readDocument(text, 'x.yaml').problems);
const map = (entries: Record<string, Value>) => new Map(Object.entries(entries));

test.for<readonly [string, Value]>([
  ['1', 1n],
  ['-0', 0n],
  ['+5', 5n],
  ['007', 7n],
  ['0x1F', 31n],
  ['0o17', 15n],
  ['10000000000000000000001', 10000000000000000000001n],
  ['1.0', 1],
  ['-0.0', -0],
  ['1e3', 1000],
  ['.5', 0.5],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.NaN', NaN],
  ['~', null],
  ['Null', null],
  ['TRUE', true],
  ['yes', 'yes'],
  ['2024-01-31', '2024-01-31'],
  ['1_000', '1_000'],
  ['"5"', '5'],
  ['!!str 5', '5'],
  ['!!int "5"', 5n],
])('%s is what the core schema of YAML 1.2 says', ([text, value]) => {
  expect(read(`a: ${text}`)).toEqual(map({ a: value }));
});

test('block and flow collections, CRLF and a byte order mark are read, with keys as text in file order', () => {
  expect(read('\uFEFF2: [a, {b: 1}]\r\n1:\r\n  - x\r\n  -\r\ntrue: |\r\n  text\r\n')).toEqual(
    new Map<string, Value>([
      ['2', ['a', map({ b: 1n })]],
      ['1', ['x', null]],
      ['true', 'text\n'],
    ]),
  );
});

test('aliases stand for the last anchor above them', () => {
  expect(read('a: &x 1\nb: *x\nc: &x [2]\nd: *x\n')).toEqual(map({ a: 1n, b: 1n, c: [2n], d: [2n] }));
});

test('a merged object gives the keys that are not written out', () => {
  const text = 'base: &base {kernel: python3, retries: 1}\nother: &other {retries: 2, cwd: x}\n';
  expect(read(`${text}one:\n  <<: *base\n  retries: 5\ntwo:\n  <<: [*base, *other]\n`)).toEqual(
    map({
      base: map({ kernel: 'python3', retries: 1n }),
      other: map({ retries: 2n, cwd: 'x' }),
      one: map({ kernel: 'python3', retries: 5n }),
      two: map({ kernel: 'python3', retries: 1n, cwd: 'x' }),
    }),
  );
});

test('a key that is written out stands once, not beside the merged one', () => {
  const { root } = readDocument('a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}\n', 'x.yaml');
  const b = root?.kind === 'object' ? root.entries[1]?.value : undefined;
  expect(b?.kind === 'object' ? b.entries.map((entry) => entry.key) : []).toEqual(['l', 'k']);
});

test('a value that an alias brought has the pointer of its use', () => {
  const { root } = readDocument('a: &x\n  k: 1\nb: *x\n', 'x.yaml');
  const b = root?.kind === 'object' ? root.entries[1]?.value : undefined;
  expect(b).toEqual({
    kind: 'object',
    place: { file: 'x.yaml', line: 3, column: 4, pointer: '/b' },
    entries: [
      {
        key: 'k',
        keyPlace: { file: 'x.yaml', line: 2, column: 3, pointer: '/b/k' },
        value: { kind: 'int', value: 1n, place: { file: 'x.yaml', line: 2, column: 6, pointer: '/b/k' } },
      },
    ],
  });
});

test.for([
  [
    'a key that repeats',
    'a: 1\nb: 2\na: 3\n',
    '3:1  /a  the key "a" is already at 1:1. Keep one of the two.',
  ],
  [
    'a float that overflows',
    'a: -1e400',
    '1:4  /a  -1e400 is larger than a float can be. Quote it ("-1e400") or write -.inf.',
  ],
  [
    'a second document',
    'a: 1\n---\nb: 2\n',
    '2:1  a second YAML document starts here. Keep one: remove the "---".',
  ],
  [
    'an unknown alias',
    'a: *nope',
    '1:4  /a  "*nope" names no anchor above it. Write &nope before the value it stands for.',
  ],
  [
    'an alias inside its own value',
    'a: &x [*x]',
    '1:8  /a/0  "*x" stands inside the value it names. Write the value out.',
  ],
  [
    'a merge of something else',
    '<<: 3',
    '1:1  "<<" merges objects, and this is none. Write an alias of an object, or a list of them.',
  ],
  [
    'a tag that would be dropped',
    'a: !!timestamp 2024-01-31',
    '1:4  Unresolved tag: tag:yaml.org,2002:timestamp. Remove the tag; YAML 1.2 core has !!str, !!int, !!float, !!bool and !!null.',
  ],
  [
    'another version of YAML',
    '%YAML 1.1\n---\na: yes\n',
    '1:1  %YAML 1.1 is asked for, and only YAML 1.2 is read. Remove the line.',
  ],
  [
    'a list as a key',
    '? [1]\n: 2\n',
    '1:3  With stringKeys, all keys must be strings. Write a plain word or a quoted text as the key.',
  ],
  ['a tab', 'a:\n\t- b', '2:1  Tabs are not allowed as indentation. Use spaces.'],
] as const)('%s is a problem with its place and cure', ([, text, expected]) => {
  expect(problemsOf(text)).toBe(`x.yaml has 1 problem:\n  ${expected}`);
});

describe('hostile texts end in one problem', () => {
  const tooDeep = ['nested more than 200 levels deep. Flatten the data, or put it in a file of its own.'];
  const indented = Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');

  test.for([
    ['201 lists', '['.repeat(201) + ']'.repeat(201)],
    ['5,000 lists', '['.repeat(5000) + ']'.repeat(5000)],
    ['open lists', '['.repeat(5000)],
    ['dashes', `${'- '.repeat(5000)}x`],
    ['indentation', indented],
  ] as const)('%s inside each other', ([, text]) => {
    expect(readDocument(text, 'x.yaml').problems.map((problem) => problem.message)).toEqual(tooDeep);
  });

  test('aliases of aliases of aliases', () => {
    const lines = Array.from({ length: 30 }, (_, level) => {
      const items = level === 0 ? '1, 1' : `*a${level - 1}, *a${level - 1}`;
      return `a${level}: &a${level} [${items}]`;
    });
    expect(readDocument(lines.join('\n'), 'x.yaml').problems.map((problem) => problem.message)).toEqual([
      'aliases make more than 100000 values. Write fewer.',
    ]);
  });
});

test('an empty text, or one with comments only, has no root and no problem', () => {
  for (const text of ['', ' \n', '# nothing\n', '\uFEFF']) {
    expect(readDocument(text, 'x.yaml')).toEqual({ root: undefined, problems: [] });
  }
});

test('JSON text means the same when it is read as YAML', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'small', noUnicodeString: true }), (value) => {
      const text = JSON.stringify({ value });
      expect(read(text)).toEqual(valueOfJson(text));
    }),
  );

  function valueOfJson(text: string): Value {
    const { root } = readDocument(text, 'x.json');
    if (root === undefined) throw new Error('nothing was read');
    return valueOf(root);
  }
});
