/* eslint no-control-regex: "off" -- control characters are what this is about */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inertText } from '../../src/report/inert-text.ts';

test.each([
  ['plain, naïve, データ, 👩‍👩‍👧', 'plain, naïve, データ, 👩‍👩‍👧'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007', 'link'],
  ['two\r\nlines\u2028three', 'two lines three'],
  ['bell\u0007', 'bell\\u0007'],
  ['\u001b\u001b[0m[2J', '\\u001b[2J'],
  ['\u009b2J', ''],
  ['gpj.\u202eexe', 'gpj.\\u202eexe'],
  ['zero\u200bwidth', 'zero\\u200bwidth'],
  ['half \ud800', 'half \\ud800'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
])('%j is shown as %j', (text, shown) => {
  expect(inertText(text)).toBe(shown);
});

test('no text keeps a control character, a line break or a bidi control', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('\u001b', '[', '\u202e', '\u009b', 'm', '\n'),
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect(inertText(text)).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u,
      );
    }),
    { numRuns: 1_000 },
  );
});
