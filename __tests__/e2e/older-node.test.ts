import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { aFolder, aNotebook, resultsIn, runBundle, startBundle } from './bundle.ts';

/** The machine's own Node, where it is older than the one that runs here. */
const older = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((node) => majorOf(node) < 24);

function majorOf(node: string): number {
  try {
    return Number(execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'], { stdio: 'pipe' }));
  } catch {
    return Infinity;
  }
}

it.runIf(older !== undefined)(
  'an older Node starts the program on the one that npm has brought',
  async () => {
    const folder = await aFolder({
      'nb.ipynb': aNotebook('print("hi")'),
      'configs.json': { a: { notebook: 'nb.ipynb' } },
    });
    const finished = await runBundle(['run'], { cwd: folder, ...(older !== undefined && { node: older }) });
    expect(finished).toMatchObject({ status: 0, stderr: '' });
    expect(resultsIn(folder).totals).toMatchObject({ passed: 1 });
  },
);

it.runIf(older !== undefined)('a signal to an older Node ends the batch in good order', async () => {
  const folder = await aFolder({
    'nb.ipynb': aNotebook('import pathlib, time\npathlib.Path("here").touch()\ntime.sleep(600)'),
    'configs.json': { a: { notebook: 'nb.ipynb' } },
  });
  const running = startBundle(['run'], { cwd: folder, ...(older !== undefined && { node: older }) });
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => readdirSync(folder).includes('here'));
  running.child.kill('SIGTERM');
  expect((await running.finished).status).toBe(143);
  expect(resultsIn(folder).runs.map(({ status }) => status)).toEqual(['cancelled']);
});
