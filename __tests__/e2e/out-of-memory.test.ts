import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { aFolder, aNotebook, BUNDLE, resultsIn } from './bundle.ts';

const CONTROLLER = '/sys/fs/cgroup/memory';
const LIMIT_BYTES = 1_500_000_000;

/** A memory limit that a process can put itself under, or nothing where we may not make one. */
function aMemoryLimit(): string | undefined {
  const group = join(CONTROLLER, `notebooks-${process.pid}`);
  try {
    mkdirSync(group);
    onTestFinished(() => rmdirSync(group));
    writeFileSync(join(group, 'memory.limit_in_bytes'), String(LIMIT_BYTES));
    return group;
  } catch {
    return undefined;
  }
}

const GREEDY = `held = []
while True:
    held.append(bytearray(b"x" * 50_000_000))`;

it("a kernel that the system's out-of-memory killer ends is told from other deaths", async ({ skip }) => {
  const group = aMemoryLimit();
  if (group === undefined) return skip('no memory controller of cgroups v1 that we may write to');
  const folder = await aFolder({
    'greedy.ipynb': aNotebook('print("small", flush=True)', GREEDY, 'print("never")'),
    'killed.ipynb': aNotebook('import os, signal; os.kill(os.getpid(), signal.SIGKILL)'),
    'configs.json': {
      killed: { notebook: 'killed.ipynb', parameters: {} },
      greedy: { notebook: 'greedy.ipynb', parameters: {} },
    },
  });
  const bundle = [
    process.execPath,
    BUNDLE,
    'run',
    '--max-parallel',
    '1',
    '--python',
    inject('python').executable,
  ];
  const child = spawn('sh', ['-c', 'echo $$ > "$0/tasks" && exec "$@"', group, ...bundle], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 100_000,
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  const [killed, greedy] = resultsIn(folder).runs as (ReturnType<typeof resultsIn>['runs'][number] & {
    readonly peakMemoryBytes: number;
  })[];
  expect(killed).toMatchObject({ status: 'kernel-died' });
  expect(killed?.error?.['evalue']).not.toContain('out of memory');
  expect(greedy).toMatchObject({ status: 'kernel-died', error: { ename: 'KernelDied', cellIndex: 1 } });
  expect(greedy?.error?.['evalue']).toContain('by SIGKILL during this cell. The machine was out of memory');
  expect(greedy?.peakMemoryBytes).toBeGreaterThan(300_000_000);
});
