import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth } from '../../src/report/display-width.ts';
import { wrapText } from '../../src/report/wrap-text.ts';

test.each([
  ['one two three', 7, 9, ['one two', 'three']],
  ['one two three four', 7, 2, ['one two', 'three …']],
  ['unbreakable', 4, 9, ['unbr', 'eaka', 'ble']],
  ['データ探索', 5, 9, ['デー', 'タ探', '索']],
  ['', 4, 9, ['']],
])('%j in %i columns and %i lines', (text, columns, maxLines, lines) => {
  expect(wrapText(text, { columns, maxLines, ellipsis: '…' })).toEqual(lines);
});

test('keeps every character in order, and every line within its columns', () => {
  const unit = fc.constantFrom('a', 'b', ' ', 'デ', '😀');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, columns) => {
      const lines = wrapText(text, { columns, maxLines: 1_000, ellipsis: '…' });
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    }),
  );
});
