import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { signalAll } from '../../src/adapters/leftover-processes.ts';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { commandOf, markOf, processesOf } from '../chaos/marked-processes.ts';
import { aFolder, aNotebook, resultsIn, type Running, startBundle, streamsOf } from './bundle.ts';

/** Notebooks that say where they are by creating files, and then compute for ever. */
const SOURCES = [
  'name = ""\ndeaf = False',
  'print("before", name)',
  `import pathlib, signal, subprocess, time
if deaf:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
subprocess.Popen(["sleep", "600"], start_new_session=True)
pathlib.Path(name).touch()
time.sleep(600)`,
];

async function aHangingBatch(
  options: { deaf?: boolean } = {},
): Promise<{ folder: string; running: Running }> {
  const { deaf = false } = options;
  const folder = await aFolder({
    'nb.ipynb': aNotebook(...SOURCES),
    'configs.json': Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [name, { notebook: 'nb.ipynb', parameters: { name, deaf } }]),
    ),
  });
  const running = startBundle(['run', '--max-parallel', '2'], { cwd: folder, env: markOf(folder) });
  const bothHang = (): boolean => ['a', 'b'].every((name) => readdirSync(folder).includes(name));
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, bothHang);
  return { folder, running };
}

const nothingLeft = (folder: string) => (): boolean => processesOf(folder).length === 0;

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('keeps partial notebooks and results on %s, and leaves no process', async (signal, expected) => {
  const { folder, running } = await aHangingBatch();
  expect(processesOf(folder).length).toBeGreaterThan(4);
  running.child.kill(signal);
  const { status, stdout } = await running.finished;
  expect(status).toBe(expected);
  expect(resultsIn(folder).runs.map((run) => run.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(streamsOf(join(folder, 'papermill_outputs/nb/a/nb_a.ipynb'))).toEqual(['before a\n']);
  expect(stdout).toContain('papermill_outputs/results.json');
  expect(processesOf(folder)).toEqual([]);
});

it('takes a signal that is delivered twice for one', async () => {
  const { folder, running } = await aHangingBatch();
  running.child.kill('SIGTERM');
  await pollUntil({ deadlineMs: 5_000, everyMs: 1 }, () => running.stdout().includes('Interrupted'));
  running.child.kill('SIGTERM');
  expect((await running.finished).status).toBe(143);
  expect(resultsIn(folder).totals).toMatchObject({ total: 3, failed: 3 });
});

it('ends a batch whose kernels ignore the interrupt', async () => {
  const { folder, running } = await aHangingBatch({ deaf: true });
  running.child.kill('SIGINT');
  expect((await running.finished).status).toBe(130);
  expect(processesOf(folder)).toEqual([]);
});

it('ends everything at once on a second signal', async () => {
  const { folder, running } = await aHangingBatch({ deaf: true });
  running.child.kill('SIGINT');
  await pollUntil({ deadlineMs: 5_000, everyMs: 10 }, () => running.stdout().includes('Interrupted'));
  let status: number | null | undefined;
  void running.finished.then((finished) => (status = finished.status));
  // Signals that come within moments count as one.
  await pollUntil(
    { deadlineMs: 5_000, everyMs: 150 },
    () => !running.child.kill('SIGINT') || status !== undefined,
  );
  expect((await running.finished).status).toBe(130);
  await pollUntil({ deadlineMs: 10_000, everyMs: 50 }, nothingLeft(folder));
});

it('leaves neither server nor kernel behind when it is killed itself', async () => {
  const { folder, running } = await aHangingBatch();
  running.child.kill('SIGKILL');
  await running.finished;
  // The sleepers that the notebooks put into sessions of their own are the post step's, and the next start's.
  const jupyterGone = (): boolean => processesOf(folder).every((pid) => /^(sleep|$)/.test(commandOf(pid)));
  await pollUntil({ deadlineMs: 20_000, everyMs: 100 }, jupyterGone);
  signalAll(processesOf(folder), 'SIGKILL');
});
