import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { expandMatrix } from '../../src/plan/expand-matrix.ts';
import { pythonRepr } from '../../src/plan/python-text.ts';
import { aMatrix } from './builders.ts';

function combinations(matrix: string): string[] {
  const { combinations, problems } = expandMatrix(aMatrix(matrix));
  expect(problems).toEqual([]);
  return combinations.map(pythonRepr);
}

function problems(matrix: string): string[] {
  return expandMatrix(aMatrix(matrix)).problems.map(({ pointer, message }) => `${pointer} ${message}`);
}

test('dimensions multiply in file order, the first one slowest', () => {
  expect(combinations('{"b": [1, 2], "a": ["x", "y"]}')).toEqual([
    "{'b': 1, 'a': 'x'}",
    "{'b': 1, 'a': 'y'}",
    "{'b': 2, 'a': 'x'}",
    "{'b': 2, 'a': 'y'}",
  ]);
});

test('3 × 3 with one exclude and one include are 9 runs', () => {
  const listed = combinations(`{
    "alpha": [0.01, 0.1, 1.0], "seed": [1, 2, 3],
    "exclude": [{"alpha": 1.0, "seed": 3}], "include": [{"alpha": 10.0, "seed": 1}]
  }`);
  expect(listed).toHaveLength(9);
  expect(listed).not.toContain("{'alpha': 1.0, 'seed': 3}");
  expect(listed.at(-1)).toBe("{'alpha': 10.0, 'seed': 1}");
});

test('includes follow the example of the documentation of GitHub', () => {
  const matrix = `{
    "fruit": ["apple", "pear"], "animal": ["cat", "dog"],
    "include": [
      {"color": "green"}, {"color": "pink", "animal": "cat"}, {"fruit": "apple", "shape": "circle"},
      {"fruit": "banana"}, {"fruit": "banana", "animal": "cat"}
    ]
  }`;
  expect(combinations(matrix)).toEqual([
    "{'fruit': 'apple', 'animal': 'cat', 'color': 'pink', 'shape': 'circle'}",
    "{'fruit': 'apple', 'animal': 'dog', 'color': 'green', 'shape': 'circle'}",
    "{'fruit': 'pear', 'animal': 'cat', 'color': 'pink'}",
    "{'fruit': 'pear', 'animal': 'dog', 'color': 'green'}",
    "{'fruit': 'banana'}",
    "{'fruit': 'banana', 'animal': 'cat'}",
  ]);
});

test('a matrix of includes only yields just those', () => {
  expect(combinations('{"include": [{"site": "a"}, {"site": "b", "extra": 1}]}')).toEqual([
    "{'site': 'a'}",
    "{'site': 'b', 'extra': 1}",
  ]);
});

test('an include of values that exist adds no combination', () => {
  expect(combinations('{"a": [1, 2], "include": [{"a": 1}]}')).toEqual(["{'a': 1}", "{'a': 2}"]);
});

test('an include for an excluded combination brings it back', () => {
  const matrix = '{"a": [1, 2], "exclude": [{"a": 1}], "include": [{"a": 1, "b": 5}]}';
  expect(combinations(matrix)).toEqual(["{'a': 2}", "{'a': 1, 'b': 5}"]);
});

test.each([
  ['1 and 1.0 are one number', '{"a": [1, 2], "exclude": [{"a": 1.0}]}', ["{'a': 2}"]],
  [
    'integers are compared exactly',
    '{"a": [9007199254740993], "exclude": [{"a": 9007199254740992.0}]}',
    ["{'a': 9007199254740993}"],
  ],
  [
    '1 is neither "1" nor true',
    '{"a": ["1", true, 2], "exclude": [{"a": 1}]}',
    ["{'a': '1'}", "{'a': True}", "{'a': 2}"],
  ],
  [
    'a part of the dimensions is enough',
    '{"a": [1, 2], "b": [1, 2], "exclude": [{"b": 2}]}',
    ["{'a': 1, 'b': 1}", "{'a': 2, 'b': 1}"],
  ],
  [
    'of an object the keys that are named count',
    '{"a": [{"v": 1, "w": 1}, {"v": 2, "w": 1}], "exclude": [{"a": {"v": 1}}]}',
    ["{'a': {'v': 2, 'w': 1}}"],
  ],
  ['a list is compared whole', '{"a": [[64], [64, 64]], "exclude": [{"a": [64]}]}', ["{'a': [64, 64]}"]],
  ['null is a value', '{"a": [null, 1], "exclude": [{"a": null}]}', ["{'a': 1}"]],
])('excludes: %s', (_title, matrix, expected) => {
  expect(combinations(matrix)).toEqual(expected);
});

test('every mistake of a matrix is told', () => {
  expect(problems('{"alpha": [1], "b": [], "exclude": [{"alhpa": 1}, {}], "include": [{}]}')).toEqual([
    '/matrix/b "b" has no values, so that nothing would run. List at least one, or remove it.',
    '/matrix/include/0 This object adds nothing. Remove it.',
    '/matrix/exclude/0/alhpa "alhpa" is not a parameter of this matrix, so that this never matches. Did you mean "alpha"?',
    '/matrix/exclude/1 This object would exclude everything. Remove it.',
  ]);
  expect(problems('{"a": [1], "exclude": [{"a": 1}]}')).toEqual([
    '/matrix "exclude" leaves no combination of the matrix. Remove an exclude or add an "include".',
  ]);
  expect(problems('{}')).toEqual([
    '/matrix The matrix has no combinations. Give it a parameter with a list of values.',
  ]);
});

test('a matrix too large to run is refused before it is built', () => {
  const hundred = JSON.stringify(Array.from({ length: 100 }, (_, index) => index));
  const dimensions = Array.from({ length: 20 }, (_, index) => `"d${index}": ${hundred}`);
  expect(problems(`{${dimensions.join(', ')}}`)).toEqual([
    '/matrix The matrix has 1e+40 combinations; at most 100000 can run in one batch.',
  ]);
});

test('without include and exclude there is one combination for each choice of values', () => {
  const dimension = fc.uniqueArray(fc.bigInt({ min: 0n, max: 9n }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(dimension, { minLength: 1, maxLength: 4 }), (lists) => {
      const dimensions = new Map<string, readonly Value[]>(lists.map((list, index) => [`d${index}`, list]));
      const { combinations } = expandMatrix({ dimensions, include: [], exclude: [] });
      expect(new Set(combinations.map(pythonRepr)).size).toBe(
        lists.reduce((size, list) => size * list.length, 1),
      );
    }),
  );
});
