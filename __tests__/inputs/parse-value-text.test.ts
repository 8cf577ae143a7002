import { expect, test } from 'vitest';
import { parseValueText } from '../../src/inputs/parse-value-text.ts';

test.for([
  ['JSON', '{"alpha": 1.0, "seed": [1, 2]}'],
  ['YAML', 'alpha: 1.0\nseed: [1, 2]\n'],
] as const)('an object in %s gives parameters', ([, text]) => {
  expect(parseValueText(text)).toEqual({
    parameters: new Map<string, unknown>([
      ['alpha', 1],
      ['seed', [1n, 2n]],
    ]),
    problems: [],
  });
});

test('an empty text gives none', () => {
  expect(parseValueText(' \n')).toEqual({ parameters: new Map(), problems: [] });
});

test.for([
  [
    '[1]',
    1,
    'expected an object of name and value, got a list of 1. Write for instance {"alpha": 0.1}, or {} for none.',
  ],
  [
    'alpha 0.1',
    1,
    'expected an object of name and value, got "alpha 0.1". Write for instance {"alpha": 0.1}, or {} for none.',
  ],
  ['{"a": 1, "a": 2}', 10, 'the key "a" is already at 1:2. Keep one of the two.'],
] as const)('%s is a problem with its place', ([text, column, message]) => {
  expect(
    parseValueText(text).problems.map((problem) => [
      problem.file,
      problem.line,
      problem.column,
      problem.message,
    ]),
  ).toEqual([['input parameters', 1, column, message]]);
});
