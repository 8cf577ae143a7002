import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePapermillValue } from '../../src/inputs/parse-papermill-value.ts';
import { PAPERMILL_VALUES } from './papermill-values.ts';
import { pythonRepr } from './python-repr.ts';

const ROWS = PAPERMILL_VALUES.map(([text, type, shown]) => {
  return { title: JSON.stringify(text).slice(0, 30), text, type, shown };
});

test.for(ROWS)('$title becomes the $type that papermill makes of it', ({ text, type, shown }) => {
  expect(pythonRepr(parsePapermillValue(text))).toEqual([type, shown]);
});

test('any text gives a value, and one that is no number stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const value = parsePapermillValue(`x${text}`);
      expect(value).toBe(`x${text}`);
      parsePapermillValue(text);
    }),
  );
});
