import { cp, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, aNotebook, resultsIn, runBundle } from '../e2e/bundle.ts';
import { executeCells, installChaosKernel, startTestKernels, textOf } from '../kernels/chaos.ts';
import { inSeconds, observe } from './observed.ts';

const HELLO = aNotebook('[["busy"], ["stream", "hello"], ["reply", {"status": "ok"}], ["idle"]]');

interface Run {
  readonly status: string;
  readonly durationMs: number;
  readonly attempts: number;
  readonly error: { readonly evalue: string } | null;
}

let runs: Run[] = [];

/** Both in one batch: what they take is the waiting. */
it('a kernel that takes 40 s to start runs beside one that never does', async () => {
  const chaos = (start: string): object => ({
    notebook: 'nb.ipynb',
    parameters: {},
    run: { kernel: 'chaos', env: { CHAOS_START: start } },
  });
  const folder = await aFolder({
    'nb.ipynb': HELLO,
    'configs.json': { slow: chaos('40'), mute: chaos('mute') },
  });
  const env = { JUPYTER_PATH: await installChaosKernel(folder) };
  const { status } = await runBundle(['run', '--max-parallel', '2'], { cwd: folder, env });
  expect(status).toBe(1);
  runs = resultsIn(folder).runs as unknown as Run[];
});

it('E30 a kernel that answers 40 s after its start is waited for', (test) => {
  expect(runs[0]?.status).toBe('passed');
  observe(test, `passed in ${inSeconds(runs[0]?.durationMs ?? NaN)}`);
});

it('E31 a kernel that never answers is given up after its start-timeout of 60 s', (test) => {
  expect(runs[1]).toMatchObject({ status: 'kernel-start-failed', attempts: 1 });
  expect(runs[1]?.durationMs).toBeGreaterThanOrEqual(60_000);
  expect(runs[1]?.durationMs).toBeLessThan(75_000);
  observe(test, `kernel-start-failed after ${inSeconds(runs[1]?.durationMs ?? NaN)}`);
});

it('I17 a server whose port is taken is started on another', async (test) => {
  const scripts = await mkdtemp(join(tmpdir(), 'scripts-'));
  await cp(join(import.meta.dirname, '../../python'), scripts, { recursive: true });
  await rename(join(scripts, 'launch_server.py'), join(scripts, 'real_launch_server.py'));
  // Takes the port, the first time, and then lets the real server find it taken.
  await writeFile(
    join(scripts, 'launch_server.py'),
    `import pathlib, socket, sys
once = pathlib.Path(__file__).with_name("taken")
if not once.exists():
    once.touch()
    taken = socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])))
from real_launch_server import main
main()
`,
  );
  const kernels = await startTestKernels({}, scripts);
  const { result, cells } = await executeCells(kernels, ['print("hello")']);
  await kernels.jupyter[Symbol.asyncDispose]();
  expect(result.status).toBe('passed');
  expect(textOf(cells[0])).toBe('hello\n');
  observe(test, 'passed, on another port');
});
