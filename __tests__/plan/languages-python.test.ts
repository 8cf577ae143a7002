import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { python } from '../../src/plan/languages/python.ts';
import { parameterSource } from '../../src/plan/parameter-source.ts';
import { jsonValue } from './json-value.ts';

const golden = JSON.parse(
  readFileSync(new URL('papermill-python.golden.json', import.meta.url), 'utf8'),
) as Record<string, string>;

test('Python is byte for byte what papermill writes', () => {
  const ours = Object.keys(golden).map((text) => [
    text,
    parameterSource(new Map([['x', jsonValue(text)]]), python).source,
  ]);
  expect(Object.fromEntries(ours)).toEqual(golden);
  expect(ours.length).toBeGreaterThan(190);
});

test('an integer with more digits than Python reads is refused', () => {
  const digits = (count: number) => parameterSource(new Map([['x', 10n ** BigInt(count - 1)]]), python);
  expect(digits(4300).problems).toEqual([]);
  expect(digits(4301)).toEqual({
    source: '# Parameters\n',
    problems: [
      {
        path: ['x'],
        message: 'The value has more than the 4300 digits that Python reads. Write it as a string.',
      },
    ],
  });
});
