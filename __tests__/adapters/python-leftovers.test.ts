import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { removeLeftovers } from '../../src/adapters/python-leftovers.ts';

test('interrupted installations of the key and environments unused for 30 days go, everything else stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leftovers-'));
  const now = Date.now();
  const daysAgo = (days: number) => new Date(now - days * 24 * 60 * 60 * 1000);
  for (const [key, usedAt] of [
    ['python-3.11.1-old', daysAgo(31)],
    ['python-3.11.1-used', daysAgo(29)],
  ] as const) {
    await mkdir(join(folder, `${key}-1`));
    await writeFile(join(folder, `${key}.json`), '{}');
    await utimes(join(folder, `${key}.json`), usedAt, usedAt);
  }
  for (const name of ['python-3.11.1-mine-1', 'python-3.11.1-mine2-1', 'other'])
    await mkdir(join(folder, name));
  for (const name of ['python-3.11.1-mine.json', 'python-3.11.1-mine.lock'])
    await writeFile(join(folder, name), '');

  await removeLeftovers(folder, 'python-3.11.1-mine', now);

  expect((await readdir(folder)).sort()).toEqual([
    'other',
    'python-3.11.1-mine.lock',
    'python-3.11.1-mine2-1',
    'python-3.11.1-used-1',
    'python-3.11.1-used.json',
  ]);
  await rm(folder, { recursive: true });
});
