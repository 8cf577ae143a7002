import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MODULE = join(import.meta.dirname, '../../src/adapters/bounded-heap.ts');

/** Bytes that young objects have room for, after many of them have stayed alive for a while. */
function youngBytes(before: string): number {
  const code = `${before}
    const { getHeapSpaceStatistics } = await import('node:v8');
    let kept = [];
    for (let n = 0; n < 3_000_000; n++) {
      kept.push({ n });
      if (kept.length === 100_000) kept = [];
    }
    console.log(getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }));
}

test('the room for young objects does not grow once the module is there', () => {
  const bounded = youngBytes(`await import(${JSON.stringify(MODULE)});`);
  expect(bounded).toBeLessThan(8e6);
  expect(youngBytes('')).toBeGreaterThan(3 * bounded);
});
