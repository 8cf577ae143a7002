import { expect, test } from 'vitest';
import { formatDuration, formatStopwatch } from '../../src/report/format-duration.ts';

test.each([
  [-5, '0.0 s', '0:00'],
  [49, '0.0 s', '0:00'],
  [3_249, '3.2 s', '0:03'],
  [59_949, '59.9 s', '0:59'],
  [59_950, '1 min 00 s', '0:59'],
  [65_000, '1 min 05 s', '1:05'],
  [3_599_499, '59 min 59 s', '59:59'],
  [3_599_500, '1 h 00 min', '59:59'],
  [7_380_000, '2 h 03 min', '2:03:00'],
  [360_000_000, '100 h 00 min', '100:00:00'],
])('%i ms are "%s" in a sentence and %s on a stopwatch', (ms, sentence, stopwatch) => {
  expect([formatDuration(ms), formatStopwatch(ms)]).toEqual([sentence, stopwatch]);
});
