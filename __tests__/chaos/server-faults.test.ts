import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { aFolder, aNotebook, resultsIn, runBundle, startBundle } from '../e2e/bundle.ts';
import { HANGS, runsHang } from './hanging-notebook.ts';
import { markOf, processesOf } from './marked-processes.ts';
import { inSeconds, observe } from './observed.ts';

const KILL_SERVER = 'os.kill(os.getppid(), signal.SIGKILL)';

/** Runs `a` to `d` start together; `d` ends the server once all four run. The others have nothing to do with it. */
const NOTEBOOK = aNotebook(
  'name = ""',
  `import os, pathlib, signal, time
print("before", name, flush=True)
pathlib.Path(f"{name}.at").write_text("")
if name in "abcd":
    while not all(pathlib.Path(f"{other}.at").exists() for other in "abcd"): time.sleep(0.05)
    time.sleep(0.5)
    if name == "d":
        pathlib.Path("killed").write_text(str(time.time()))
        ${KILL_SERVER}
    time.sleep(600)`,
  'print("after", name)',
);

interface Run {
  readonly name: string;
  readonly status: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outputPath: string;
  readonly error: { readonly ename: string; readonly evalue: string } | null;
}

it('E23 a notebook that kills the server costs the runs on it; the queue passes on another', async (test) => {
  const names = Array.from('abcdefghij');
  const folder = await aFolder({
    'nb.ipynb': NOTEBOOK,
    'configs.json': Object.fromEntries(
      names.map((name) => [name, { notebook: 'nb.ipynb', parameters: { name } }]),
    ),
  });
  const args = ['run', '--max-parallel', '4'];
  const { status, stdout } = await runBundle(args, { cwd: folder, env: markOf(folder) });
  const runs = resultsIn(folder).runs as unknown as Run[];
  expect(runs.map((run) => `${run.name} ${run.status}`)).toEqual([
    ...Array.from('abcd').map((name) => `${name} infra-error`),
    ...Array.from('efghij').map((name) => `${name} passed`),
  ]);
  const killedAt = Number(readFileSync(join(folder, 'killed'), 'utf8')) * 1000;
  const told = runs.slice(0, 4).map((run) => Date.parse(run.startedAt) + run.durationMs - killedAt);
  expect(Math.max(...told)).toBeLessThan(10_000);
  for (const { error, outputPath } of runs.slice(0, 4)) {
    expect(error?.evalue).toContain('the Jupyter server is gone: it was ended by SIGKILL');
    expect(readFileSync(join(folder, outputPath), 'utf8')).toContain('before');
  }
  expect(stdout).toContain('What still waits runs on another.');
  expect(status).toBe(3);
  expect(processesOf(folder)).toEqual([]);
  observe(
    test,
    `status 3: 4 infra-error within ${inSeconds(Math.max(...told))}, 6 queued passed on a new server`,
  );
});

it('E24 a server that fails four times is not replaced again', async (test) => {
  const folder = await aFolder({
    'nb.ipynb': aNotebook('', `import os, signal\n${KILL_SERVER}\nsignal.pause()`),
    'configs.json': Object.fromEntries(
      Array.from('abcdef').map((name) => [name, { notebook: 'nb.ipynb', parameters: {} }]),
    ),
  });
  const args = ['run', '--max-parallel', '1'];
  const running = startBundle(args, { cwd: folder, env: markOf(folder) });
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => running.stdout().includes('report.html'));
  const toldAt = performance.now();
  const { status, stdout } = await running.finished;
  // @jupyterlab/services asks for the kernels of a lost server again after 10 to 30 s, whoever has disposed them.
  expect(performance.now() - toldAt).toBeLessThan(8_000);
  const runs = resultsIn(folder).runs as unknown as Run[];
  expect(runs.map((run) => run.status)).toEqual([
    ...Array.from({ length: 4 }, () => 'infra-error'),
    'skipped',
    'skipped',
  ]);
  expect(runs[4]?.error?.evalue).toMatch(
    /^Not started\. The Jupyter server failed 4 times, and the Jupyter server/,
  );
  expect(status).toBe(3);
  expect(processesOf(folder)).toEqual([]);
  expect(stdout).toContain('2 skipped');
  observe(test, 'status 3: 4 infra-error, the rest skipped, “The Jupyter server failed 4 times”');
});

it('E36 a bug of our own ends the batch in good order, and asks to be reported', async (test) => {
  const folder = await aFolder({
    'nb.ipynb': HANGS,
    'configs.json': Object.fromEntries(
      Array.from('abc').map((name) => [name, { notebook: 'nb.ipynb', parameters: { name } }]),
    ),
    // Runs in our process before the bundle does.
    'bug.mjs': 'process.once("SIGUSR2", () => void Promise.reject(new TypeError("injected bug")));',
  });
  const env = { ...markOf(folder), NODE_OPTIONS: `--import=${join(folder, 'bug.mjs')}` };
  const running = startBundle(['run', '--max-parallel', '2'], { cwd: folder, env });
  await runsHang(folder, ['a', 'b']);
  running.child.kill('SIGUSR2');
  const { status, stderr } = await running.finished;
  expect(status).toBe(3);
  expect(stderr).toMatch(/^Internal error, please report it:\nError: injected bug/m);
  const runs = resultsIn(folder).runs as unknown as Run[];
  expect(runs.map((run) => run.status)).toEqual(['infra-error', 'infra-error', 'skipped']);
  expect(runs[0]?.error?.evalue).toContain('this program has a bug');
  expect(processesOf(folder)).toEqual([]);
  observe(test, 'status 3, “Internal error, please report it”, runs in flight infra-error, results written');
});
