import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavesFolder, safeSegment } from '../../src/plan/safe-segment.ts';

test.each([
  'bank',
  'a0.01_s1',
  'lr=0.1,bs=32',
  'Größe 東京',
  '_draft',
  'sweep_0.01_1',
  'run (2)',
  'v1.2-rc+3',
  'x'.repeat(100),
])('%s stays as it is', (label) => {
  expect(safeSegment(label)).toBe(label);
});

test.each([
  ['a:b', /^a-b-[\da-f]{6}$/],
  ['group/one', /^group-one-[\da-f]{6}$/],
  ['CON', /^CON-[\da-f]{6}$/],
  ['nul.txt', /^_nul\.txt-[\da-f]{6}$/],
  ['.hidden', /^hidden-[\da-f]{6}$/],
  ['-rf', /^rf-[\da-f]{6}$/],
  ['trailing. ', /^trailing-[\da-f]{6}$/],
  ['🚀', /^run-[\da-f]{6}$/],
  ['', /^run-[\da-f]{6}$/],
  ['line\nbreak', /^line-break-[\da-f]{6}$/],
  ['x'.repeat(300), /^x{93}-[\da-f]{6}$/],
  ['東'.repeat(40), /^東{31}-[\da-f]{6}$/],
])('%j becomes what is left of it and a hash', (label, expected) => {
  expect(safeSegment(label)).toMatch(expected);
});

test('a decomposed letter becomes the composed one, which is no change worth telling', () => {
  expect(safeSegment('re\u0301sume\u0301')).toBe('résumé');
});

test('any text becomes one segment that no system refuses', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('.', ' ', '-', 'C', 'O', 'N', '/', ':') }),
  );
  fc.assert(
    fc.property(text, (label) => {
      const segment = safeSegment(label);
      expect(segment).not.toMatch(/[":<>|*?\\/\p{Cc}\p{Cs}]|^[.\- ]|[. ]$|^(?:con|prn|aux|nul)(?:\.|$)/iu);
      expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(100);
      expect(segment).not.toBe('');
      expect(safeSegment(segment)).toBe(segment);
    }),
    { numRuns: 2000, examples: [['CON.a:'], ['nul. x/']] },
  );
});

test('different labels stay different', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme' }), { selector: (each) => each.normalize('NFC') }),
      (labels) => {
        expect(new Set(labels.map(safeSegment)).size).toBe(labels.length);
      },
    ),
  );
});

test.each([
  ['../x', true],
  ['a/../../b', true],
  ['..', true],
  ['a\\..\\b', true],
  ['/etc', true],
  ['\\\\server\\share', true],
  ['C:\\x', true],
  ['c:/x', true],
  ['a:b', false],
  ['a..b', false],
  ['group/one', false],
])('the label %s taken as a path leaves the folder: %s', (label, leaves) => {
  expect(leavesFolder(label)).toBe(leaves);
});
