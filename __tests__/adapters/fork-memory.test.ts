import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { pythonFile } from '../../src/adapters/python-files.ts';
import { aBatch, aDirectory } from './forked-kernels.ts';

type Faults = readonly [before: number, after: number];

describe.runIf(process.platform === 'linux')('the memory that a template arranges', () => {
  let faults: Record<'objects' | 'malloc' | 'names' | 'lookups', Faults> & { readonly same: boolean };

  beforeAll(() => {
    const script = join(import.meta.dirname, 'fork_memory_faults.py');
    const folder = dirname(pythonFile('fork_memory.py'));
    faults = JSON.parse(
      execFileSync(inject('python').executable, [script, folder], { encoding: 'utf8' }),
    ) as typeof faults;
  });

  it.each([
    ['new objects do not stand in the gaps between old ones', 'objects'],
    ['nor does what C allocates', 'malloc'],
    ['names of modules stand together', 'names'],
    ['attributes that a fork looks up release no names', 'lookups'],
  ] as const)('has fewer pages copied: %s', (_, what) => {
    const [before, after] = faults[what];
    expect(after).toBeLessThan(before / 2);
  });

  it('has the same modules in the same order', () => {
    expect(faults.same).toBe(true);
  });

  it('is arranged before a kernel is forked: the names of its modules are copies', async () => {
    await using batch = await aBatch({ imports: [], templateDirectory: aDirectory() });
    const cell = `import sys
print(next(name for name in sys.modules if name == 'json') is sys.intern('json'))`;
    expect(await batch.text(cell)).toBe('False\n');
    await using launched = await aBatch({});
    expect(await launched.text(cell)).toBe('True\n');
  });
});
