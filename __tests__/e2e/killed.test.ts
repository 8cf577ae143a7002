import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import type { Notebook } from '../../src/notebook/types.ts';
import { aFolder, aNotebook, startBundle, streamsOf } from './bundle.ts';

const CELLS = [
  'print("quick")',
  'import time\nfor step in range(600):\n    print("step", step, flush=True)\n    time.sleep(1)',
  'print("never")',
];

it('a killed program leaves what ran, the cell in the middle of which it was killed included', async () => {
  const folder = await aFolder({
    'nb.ipynb': aNotebook(...CELLS),
    'configs.json': { a: { notebook: 'nb.ipynb', parameters: {} } },
  });
  const path = join(folder, 'papermill_outputs/nb/a/nb_a.ipynb');
  const running = startBundle(['run'], { cwd: folder });
  const text = (): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  await pollUntil({ deadlineMs: 60_000, everyMs: 100 }, () => text().includes('step 1'));
  running.child.kill('SIGKILL');
  await running.finished;
  const [first, second] = streamsOf(path);
  expect(first).toBe('quick\n');
  expect(second).toMatch(/^(step \d+\n)+$/);
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  expect(cells.map(({ metadata }) => (metadata['papermill'] as { status: string }).status)).toEqual([
    'completed',
    'running',
    'pending',
  ]);
  expect(readdirSync(join(folder, 'papermill_outputs/nb/a'))).toEqual(['nb_a.ipynb']);
});
