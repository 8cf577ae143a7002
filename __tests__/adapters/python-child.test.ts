import { readFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, inject, test } from 'vitest';

import type { PythonChild } from '../../src/adapters/python-child.ts';
import { runPythonChild } from '../../src/adapters/python-child.ts';

function aChild(source: string, overrides: Partial<PythonChild> = {}): PythonChild {
  return {
    command: inject('python').executable,
    args: ['-c', source],
    env: process.env,
    deadlineMs: 60_000,
    signal: new AbortController().signal,
    ...overrides,
  };
}

/** Starts a child of its own, like pip a compiler, tells both numbers in a file, and sleeps. */
const FAMILY = `
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(os.getpid(), child.pid, file=sys.stderr, flush=True)
time.sleep(600)
`;

test('what a program prints and its exit status are the outcome', async () => {
  const source = 'import sys; print("out"); print("err", file=sys.stderr); sys.exit(3)';

  expect(await runPythonChild(aChild(source))).toEqual({
    kind: 'exited',
    code: 3,
    stdout: 'out\n',
    stderr: 'err\n',
  });
});

test('a program that is not there is an outcome too', async () => {
  expect(await runPythonChild(aChild('', { command: 'no-such-python' }))).toEqual({
    kind: 'not-started',
    reason: 'spawn no-such-python ENOENT',
  });
});

test('a program that overstays its deadline is ended', async () => {
  expect(await runPythonChild(aChild('import time; time.sleep(600)', { deadlineMs: 500 }))).toEqual({
    kind: 'timed-out',
  });
});

test.runIf(process.platform === 'linux')('abort ends the program and what it started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'child-'));
  const controller = new AbortController();
  await using output = await open(`${folder}/output`, 'w');
  const running = runPythonChild(aChild(FAMILY, { signal: controller.signal, outputFile: output.fd }));
  const numbers = async () => (await readFile(`${folder}/output`, 'utf8')).trim().split(' ').map(Number);
  await expect.poll(async () => (await numbers()).length, { timeout: 30_000 }).toBe(2);

  controller.abort(new Error('cancelled'));

  await expect(running).rejects.toThrow('cancelled');
  for (const pid of await numbers()) await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  await rm(folder, { recursive: true });
});

/** A process that ended and was not yet collected by its parent (state Z) runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
