import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import { InfrastructureError } from '../errors.ts';

export interface LockOptions {
  /** The lock file; its folder exists. */
  readonly path: string;
  /** How long to wait for another owner. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Called once, when somebody else has it. */
  readonly onWait: () => void;
  /** How long an owner may be silent before it is taken for dead; for tests. */
  readonly silenceMs?: number;
}

const POLL_MS = 200;
const HEARTBEAT_MS = 5_000;
/** An owner in another container, or a number that another process got since, shows only by its silence. */
const SILENCE_MS = 60_000;

/**
 * Does the work while this process alone has the lock. A lock whose owner is dead is taken over.
 * It saves work and does not guard data: what it protects must stay right if two owners should ever meet.
 * Throws InfrastructureError when the deadline passes.
 */
export async function withLock<Result>(options: LockOptions, work: () => Promise<Result>): Promise<Result> {
  const { path } = options;
  await acquire(options);
  const heartbeat = setInterval(() => {
    utimes(path, new Date(), new Date()).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function acquire({
  path,
  deadlineMs,
  signal,
  onWait,
  silenceMs = SILENCE_MS,
}: LockOptions): Promise<void> {
  const startedAt = performance.now();
  let waiting = false;
  // The monotonic clock of this process, not the file's time: clocks differ, and laptops sleep.
  let lastBeat = { mtimeMs: 0, seenAt: startedAt };
  while (!(await tryCreate(path))) {
    signal.throwIfAborted();
    const now = performance.now();
    const mtimeMs = await stat(path).then(
      (stats) => stats.mtimeMs,
      () => 0,
    );
    if (mtimeMs !== lastBeat.mtimeMs) lastBeat = { mtimeMs, seenAt: now };
    if ((await ownerIsDead(path)) || now - lastBeat.seenAt > silenceMs) {
      await rm(path, { force: true });
      continue;
    }
    if (now - startedAt > deadlineMs) {
      throw new InfrastructureError(
        `Waited ${Math.round(deadlineMs / 1000)} s for another process to finish installing. ` +
          `If there is none, delete "${path}".`,
      );
    }
    if (!waiting) onWait();
    waiting = true;
    await delay(POLL_MS, undefined, { signal });
  }
}

async function tryCreate(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid} ${hostname()}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Certain only for a process of this machine: other hosts and containers number theirs on their own. */
async function ownerIsDead(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [, pid, host] = /^(\d+) (.*)\n$/.exec(text) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
