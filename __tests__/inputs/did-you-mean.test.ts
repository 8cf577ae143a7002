import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, suggestion } from '../../src/inputs/did-you-mean.ts';

const KEYS = ['kernel', 'cwd', 'env', 'cell_timeout', 'timeout', 'start_timeout', 'retries'];

test.for<readonly [string, string | undefined]>([
  ['kernl', 'kernel'],
  ['Kernel', 'kernel'],
  ['cellTimeout', 'cell_timeout'],
  ['cell-timeout', 'cell_timeout'],
  ['timeuot', 'timeout'],
  ['timeout_seconds', 'timeout'],
  ['enviroment', undefined],
  ['retry', undefined],
  ['colour', undefined],
  ['x', undefined],
  ['', undefined],
])('%j means %s', ([word, meant]) => {
  expect(didYouMean(word, KEYS)).toBe(meant);
});

test('a candidate is never suggested for itself, and nothing among none', () => {
  expect(didYouMean('env', ['env'])).toBeUndefined();
  expect(didYouMean('env', [])).toBeUndefined();
});

test('a suggestion follows a sentence, or is nothing', () => {
  expect(suggestion('kernl', KEYS)).toBe(' Did you mean "kernel"?');
  expect(suggestion('colour', KEYS)).toBe('');
});

test('any words give one of the candidates or nothing', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 5 }), (written, candidates) => {
      expect([undefined, ...candidates]).toContain(didYouMean(written, candidates));
    }),
  );
});
