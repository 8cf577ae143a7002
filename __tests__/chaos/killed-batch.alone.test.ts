import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { aFolder, aNotebook, filesIn, runBundle, startBundle } from '../e2e/bundle.ts';
import { HANGS, runsHang } from './hanging-notebook.ts';
import { commandOf, markOf, processesOf, runtimeDirsOf } from './marked-processes.ts';
import { inSeconds, observe } from './observed.ts';

// Any batch of this user that starts cleans up after this one: nothing else may run beside this test.
it('E25 SIGKILL of our own process: server and kernels end, and the next start ends the rest', async (test) => {
  const folder = await aFolder({
    'nb.ipynb': HANGS,
    'fine.ipynb': aNotebook('print("fine")'),
    'configs.json': {
      a: { notebook: 'nb.ipynb', parameters: { name: 'a' } },
      b: { notebook: 'nb.ipynb', parameters: { name: 'b' } },
      c: { notebook: 'fine.ipynb', parameters: {} },
    },
  });
  const env = markOf(folder);
  const running = startBundle(['run', '--max-parallel', '2', '--select', 'a,b'], { cwd: folder, env });
  await runsHang(folder, ['a', 'b']);
  const directories = runtimeDirsOf(folder);
  expect(directories).toHaveLength(1);
  const killedAt = performance.now();
  running.child.kill('SIGKILL');
  await running.finished;
  const commands = (): string[] => processesOf(folder).map((pid) => commandOf(pid));
  const jupyterGone = (): boolean => commands().every((command) => /^(sleep|$)/.test(command));
  await pollUntil({ deadlineMs: 20_000, everyMs: 50 }, jupyterGone);
  const goneMs = performance.now() - killedAt;
  // What was written is valid: the cells up to the last save, and no half of a file.
  for (const name of ['a', 'b']) {
    const path = join(folder, `papermill_outputs/nb/${name}/nb_${name}.ipynb`);
    expect((JSON.parse(readFileSync(path, 'utf8')) as { nbformat: number }).nbformat).toBe(4);
  }
  expect(commands()).toHaveLength(2);

  const next = await runBundle(['run', '--select', 'c'], { cwd: folder, env });
  expect(next.status).toBe(0);
  expect(next.stdout).toMatch(
    /An earlier batch was killed and could not clean up after itself: [2-9] processes ended/,
  );
  expect(processesOf(folder)).toEqual([]);
  expect(directories.filter((path) => existsSync(path))).toEqual([]);
  expect(filesIn(folder).filter((file) => /\.tmp$|\.lock$/.test(file))).toEqual([]);
  observe(
    test,
    `server and kernels gone after ${inSeconds(goneMs)}, notebooks valid; the next start ended the rest`,
  );
});
