import { expect, test } from 'vitest';
import { numberTexts } from '../../src/report/number-text.ts';

test.each([
  ['points stand below one another', [55.9, 54, 0.4567891], ['55.90000', '54.00000', '0.45679']],
  ['whole numbers have none', [3, 12, -4], ['3', '12', '-4']],
  ['a missing number is an empty cell', [0.5, undefined], ['0.5', '']],
  ['small ones do not fill large ones with zeros', [123_456, 0.000123], ['123456', '0.000123']],
  [
    'what looks like a commit, or has an exponent, is code',
    [1.5e-9, 12_345_678, 2],
    ['`1.5e-9`', '`12345678`', '2'],
  ],
  ['what is no number is code', [NaN, Infinity, 1.25], ['`NaN`', '`Infinity`', '1.25']],
])('in a column, %s', (_, values, expected) => {
  expect(numberTexts(values)).toEqual(expected);
});
