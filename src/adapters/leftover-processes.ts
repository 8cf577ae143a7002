import { readdirSync, readFileSync } from 'node:fs';
import { BATCH_MARK } from './kernel-environment.ts';
import { pollUntil } from './poll-until.ts';

const TERMINATE_DEADLINE_MS = 2_000;

/**
 * Processes that carry the batch's mark in their environment: kernels, and whatever notebooks started, also in
 * sessions of their own. Linux only; elsewhere nothing is found.
 */
export function leftoverProcesses(batchId: string): number[] {
  const mark = `${BATCH_MARK}=${batchId}`;
  return processIds()
    .filter((name) => name !== String(process.pid) && environmentOf(name).includes(mark))
    .map(Number);
}

/** Ends what the batch left running: politely, then by force. Resolves with how many there were. */
export async function endLeftovers(batchId: string): Promise<number> {
  const found = leftoverProcesses(batchId);
  signalAll(found, 'SIGTERM');
  const gone = (): boolean => leftoverProcesses(batchId).length === 0;
  if (found.length > 0) {
    await pollUntil({ deadlineMs: TERMINATE_DEADLINE_MS, everyMs: 50 }, gone).catch(() => undefined);
  }
  killLeftovers(batchId);
  return found.length;
}

/** At once and by force: for the ways out on which nothing can be awaited. */
export function killLeftovers(batchId: string): void {
  signalAll(leftoverProcesses(batchId), 'SIGKILL');
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Ended meanwhile, or not ours.
    }
  }
}

function processIds(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function environmentOf(pid: string): string[] {
  try {
    // A zombie's environment reads as empty: it is not found, and needs no ending.
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
