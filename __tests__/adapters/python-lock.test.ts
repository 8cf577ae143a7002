import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { LockOptions } from '../../src/adapters/python-lock.ts';
import { withLock } from '../../src/adapters/python-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

function aLock(overrides: Partial<LockOptions> = {}): LockOptions {
  return {
    path: join(folder, 'the.lock'),
    deadlineMs: 30_000,
    signal: new AbortController().signal,
    onWait: () => undefined,
    ...overrides,
  };
}

test('two owners work one after the other, the second says once that it waits, and no file stays', async () => {
  const happened: string[] = [];
  const released = Promise.withResolvers<undefined>();
  const first = withLock(aLock(), async () => {
    happened.push('first starts');
    await released.promise;
    happened.push('first ends');
  });
  const second = withLock(
    aLock({
      onWait: () => {
        happened.push('second waits');
        released.resolve(undefined);
      },
    }),
    () => Promise.resolve(happened.push('second works')),
  );
  await Promise.all([first, second]);

  expect(happened).toEqual(['first starts', 'second waits', 'first ends', 'second works']);
  expect(await readdir(folder)).toEqual([]);
});

test('the lock is given back when the work fails', async () => {
  await expect(withLock(aLock(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');

  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a process that is gone is taken over at once', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  await writeFile(join(folder, 'the.lock'), `${gone} ${hostname()}\n`);
  let waited = false;

  await withLock(aLock({ onWait: () => (waited = true) }), () => Promise.resolve());

  expect(waited).toBe(false);
});

test('the lock of another machine is taken over when its owner has been silent for long', async () => {
  await writeFile(join(folder, 'the.lock'), '1 another-machine\n');

  expect(await withLock(aLock({ silenceMs: 300 }), () => Promise.resolve('done'))).toBe('done');
});

test('a living owner is not disturbed: when the deadline passes, the file to delete is named', async () => {
  await writeFile(join(folder, 'the.lock'), `${process.pid} ${hostname()}\n`);

  await expect(withLock(aLock({ deadlineMs: 1 }), () => Promise.resolve())).rejects.toThrow(
    `Waited 0 s for another process to finish installing. If there is none, delete "${join(folder, 'the.lock')}".`,
  );
  expect(await readdir(folder)).toEqual(['the.lock']);
});

test('waiting ends on abort', async () => {
  await writeFile(join(folder, 'the.lock'), `${process.pid} ${hostname()}\n`);
  const controller = new AbortController();
  const onWait = () => controller.abort(new Error('cancelled'));

  await expect(
    withLock(aLock({ signal: controller.signal, onWait }), () => Promise.resolve()),
  ).rejects.toThrow();
  expect(controller.signal.aborted).toBe(true);
});
