import { expect, test } from 'vitest';
import { remainingMs, timeLeftText } from '../../src/report/time-left.ts';

test.each([
  ['nothing is left', { flights: [], waiting: 0 }, 0],
  ['runs that wait are shared among the kernels', { flights: [], waiting: 4 }, 20_000],
  ['one run can not be shared', { flights: [], waiting: 1 }, 10_000],
  ['a run without news takes the mean', { flights: [{ elapsedMs: 4_000, share: 0 }], waiting: 0 }, 6_000],
  [
    'a run that is over the mean may end any time',
    { flights: [{ elapsedMs: 40_000, share: 0 }], waiting: 0 },
    0,
  ],
  ['a run on its way follows the mean', { flights: [{ elapsedMs: 5_000, share: 0.5 }], waiting: 0 }, 5_000],
  ['a slow run counts by its own pace', { flights: [{ elapsedMs: 80_000, share: 0.8 }], waiting: 0 }, 16_000],
  [
    'the longest run decides at the end',
    {
      flights: [
        { elapsedMs: 1_000, share: 0 },
        { elapsedMs: 9_000, share: 0 },
      ],
      waiting: 0,
    },
    9_000,
  ],
])('%s', (_title, remaining, ms) => {
  expect(remainingMs({ ...remaining, parallel: 2, meanDurationMs: 10_000 })).toBeCloseTo(ms);
});

test('is said as coarsely as it is known', () => {
  expect([-1, 2_000, 4_000, 32_000, 100_000, 700_000, 7_260_000].map(timeLeftText)).toEqual([
    undefined,
    undefined,
    'about 0:05 left',
    'about 0:30 left',
    'about 1:45 left',
    'about 12:00 left',
    'about 2:01:00 left',
  ]);
});
