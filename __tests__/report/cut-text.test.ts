import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { cutText, firstUnits, lastLines } from '../../src/report/cut-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

test('a text is cut to a length, well-formed, between characters as people see them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (text, chars) => {
        const cut = cutText(text, chars);
        expect(cut.length).toBeLessThanOrEqual(chars);
        expect(cut.isWellFormed()).toBe(true);
        if (text.length <= chars) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
      },
    ),
  );
  expect(cutText('ab👨‍👩‍👧cd', 6)).toBe('ab…');
  expect(cutText(`a${'\u0301'.repeat(1_000)}`, 100)).toBe(`a${'\u0301'.repeat(98)}…`);
});

test('no pair of surrogates is cut in half', () => {
  expect(firstUnits('a😀b', 2)).toBe('a');
  expect(firstUnits('a😀b', 3)).toBe('a😀');
  expect(firstUnits('a😀b', 4)).toBe('a😀b');
});

test('of many lines the last are kept, below an ellipsis', () => {
  expect(lastLines(['a', 'b', 'c'], 3)).toEqual(['a', 'b', 'c']);
  expect(lastLines(['a', 'b', 'c', 'd'], 3)).toEqual(['…', 'c', 'd']);
  expect(lastLines(['a', 'b'], 1)).toEqual(['…']);
  expect(lastLines(['a', 'b'], 0)).toEqual([]);
});
