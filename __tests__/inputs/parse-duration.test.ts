import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationCure, durationMs, parseDuration } from '../../src/inputs/parse-duration.ts';

test.for<readonly [string, number | undefined]>([
  ['90', 90_000],
  ['0.5', 500],
  ['90s', 90_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['1h30m', 5_400_000],
  ['1h1m1s1ms', 3_661_001],
  ['1.5h', 5_400_000],
  ['500ms', 500],
  ['1m500ms', 60_500],
  [' 5m ', 300_000],
  ['0.0001', 1],
  ['576h', 2_073_600_000],
  ['597h', undefined],
  ['0', undefined],
  ['0s', undefined],
  ['0h0m', undefined],
  ['-5', undefined],
  ['5 min', undefined],
  ['5M', undefined],
  ['30m1h', undefined],
  ['1h30', undefined],
  ['1e3', undefined],
  ['.5', undefined],
  ['none', undefined],
  ['', undefined],
])('%j is %s milliseconds', ([text, ms]) => {
  expect(parseDuration(text)).toBe(ms);
});

test('hours, minutes, seconds and milliseconds add up', () => {
  const part = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(part, part, part, part, (h, m, s, ms) => {
      const sum = ((h * 60 + m) * 60 + s) * 1000 + ms;
      expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(sum === 0 ? undefined : sum);
    }),
  );
});

test('a number of milliseconds is whole, above zero and what a timer can wait', () => {
  expect([0.2, 1.6, 2 ** 31 - 1].map(durationMs)).toEqual([1, 2, 2 ** 31 - 1]);
  expect([0, -1, NaN, Infinity, 2 ** 31].map(durationMs)).toEqual(Array(5).fill(undefined));
});

test.for([
  ['5 min', 'Write 300 or "5m".'],
  ['2 Hours', 'Write 7200 or "2h".'],
  ['10 sec.', 'Write 10 or "10s".'],
  ['250 milliseconds', 'Write 0.25 or "250ms".'],
  ['soon', 'Write for instance 90, "90s", "5m" or "1h30m", at most 576h.'],
  ['0 s', 'Write for instance 90, "90s", "5m" or "1h30m", at most 576h.'],
] as const)('%j is answered with how to write it', ([text, cure]) => {
  expect(durationCure(text)).toBe(cure);
});
