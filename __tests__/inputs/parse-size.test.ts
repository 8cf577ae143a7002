import { expect, test } from 'vitest';
import { parseSize } from '../../src/inputs/parse-size.ts';

test.for<readonly [string, number | undefined]>([
  ['0', 0],
  ['8MB', 8_000_000],
  ['20mb', 20_000_000],
  ['1.5 GB', 1_500_000_000],
  ['8MiB', 8_388_608],
  ['1024', 1024],
  ['3B', 3],
  ['', undefined],
  ['MB', undefined],
  ['-1MB', undefined],
  ['8M', undefined],
  ['99999999999GB', undefined],
])('%j is %s bytes', ([text, bytes]) => {
  expect(parseSize(text)).toBe(bytes);
});
