import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { RUN_MARK } from '../../src/adapters/kernel-environment.ts';
import { endLeftoversOfKernel, processIds } from '../../src/adapters/leftover-processes.ts';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function marked(launchId: string): Promise<ChildProcess> {
  const child = spawn('sleep', ['1000'], { env: { PATH: process.env['PATH'], [RUN_MARK]: launchId } });
  started.push(child);
  await once(child, 'spawn');
  return child;
}

test.runIf(process.platform === 'linux')(
  'ends what a kernel has left, and looks at nothing that was there before it',
  async () => {
    const before = await marked('this-one');
    const older = new Set(processIds());
    const [left, others] = [await marked('this-one'), await marked('another')];
    const end = once(left, 'exit');
    expect(await endLeftoversOfKernel('this-one', { kernel: undefined, older })).toBe(1);
    expect(await end).toEqual([null, 'SIGTERM']);
    expect([before.exitCode, before.signalCode, others.exitCode, others.signalCode]).toEqual(
      Array(4).fill(null),
    );
    const itself = before.pid;
    expect(await endLeftoversOfKernel('this-one', { kernel: itself, older: new Set() })).toBe(0);
  },
);
