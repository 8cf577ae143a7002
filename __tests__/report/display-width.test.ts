import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutToWidth, displayWidth, padToWidth } from '../../src/report/display-width.ts';

test.each([
  ['', 0],
  ['plain', 5],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['データ', 6],
  ['한국어', 6],
  ['ｶﾞ', 1],
  ['Ａ', 2],
  ['😀', 2],
  ['👩‍👩‍👧', 2],
  ['🇫🇷', 2],
  ['❤️', 2],
  ['✓ – ━', 5],
  ['a\u200Db', 2],
])('%j takes %i columns', (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['データ探索', 5, 'デー…'],
  ['データ', 6, 'データ'],
  ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
  ['ab', 1, '…'],
  ['ab', 0, ''],
])('%j in %i columns is %j', (text, columns, cut) => {
  expect(cutToWidth(text, columns)).toBe(cut);
});

test('text is never cut wider than it may be, and padding fills it up exactly', () => {
  const unit = fc.constantFrom('a', 'é', 'デ', '😀', '👩‍👩‍👧', '\u0301', ' ');
  fc.assert(
    fc.property(fc.string({ unit }), fc.nat({ max: 30 }), (text, columns) => {
      const cut = cutToWidth(text, columns);
      expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
      expect(cut === text).toBe(displayWidth(text) <= columns);
      expect(displayWidth(padToWidth(cut, columns))).toBe(columns);
    }),
  );
});
