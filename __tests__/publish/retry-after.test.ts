import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/publish/retry-after.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const inAMinute = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW.getTime() / 1_000 + 60) };

test.each([
  ['a secondary limit with its time', 403, { 'retry-after': '30' }, '', 30_000],
  ['a secondary limit without', 403, {}, 'You have exceeded a secondary rate limit.', 60_000],
  ['the hourly limit', 403, inAMinute, 'API rate limit exceeded', 60_000],
  ['429', 429, { 'retry-after': 5 }, '', 5_000],
  ['a service that comes back', 503, { 'retry-after': '2' }, '', 2_000],
  [
    'no permission',
    403,
    { 'x-ratelimit-remaining': '4999' },
    'Resource not accessible by integration',
    undefined,
  ],
  ['a limit that was not reached', 200, { 'retry-after': '30' }, '', undefined],
  ['a header that is no number', 429, { 'retry-after': 'soon' }, '', undefined],
])('%s', (_, status, headers, message, expected) => {
  expect(retryAfterMs({ status, headers, message }, NOW)).toBe(expected);
});
