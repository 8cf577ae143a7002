import { readdirSync, readFileSync } from 'node:fs';
import { BATCH_MARK, RUN_MARK } from './kernel-environment.ts';
import { pollUntil } from './poll-until.ts';

const TERMINATE_DEADLINE_MS = 2_000;

/**
 * Processes that carry the batch's mark in their environment: kernels, and whatever notebooks started, also in
 * sessions of their own. Linux only; elsewhere nothing is found.
 */
export function leftoverProcesses(batchId: string): number[] {
  return processesMarked(`${BATCH_MARK}=${batchId}`);
}

/** Ends what the batch left running: politely, then by force. Resolves with how many there were. */
export async function endLeftovers(batchId: string): Promise<number> {
  return (await endMarked(`${BATCH_MARK}=${batchId}`)).length;
}

/**
 * The same for what one kernel has left; its own process is not counted. `older` are numbers of processes that were
 * there before it, and are not looked at: to read each one's environment takes longer than most of a short run. Were
 * one of their numbers given anew, the end of the batch would find the process.
 */
export async function endLeftoversOfKernel(
  launchId: string,
  { kernel, older }: { kernel: number | undefined; older: ReadonlySet<string> },
): Promise<number> {
  return (await endMarked(`${RUN_MARK}=${launchId}`, older)).filter((pid) => pid !== kernel).length;
}

/** At once and by force: for the ways out on which nothing can be awaited. */
export function killLeftovers(batchId: string): void {
  signalAll(leftoverProcesses(batchId), 'SIGKILL');
}

/** Every process whose environment can be read, with it. A zombie's reads as empty: it needs no ending. */
export function processEnvironments(
  except?: ReadonlySet<string>,
): { readonly pid: number; readonly environment: readonly string[] }[] {
  const pids = processIds().filter((pid) => except?.has(pid) !== true);
  return pids.map((pid) => ({ pid: Number(pid), environment: environmentOf(pid) }));
}

export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Ended meanwhile, or not ours.
    }
  }
}

async function endMarked(mark: string, except?: ReadonlySet<string>): Promise<number[]> {
  const found = processesMarked(mark, except);
  if (found.length === 0) return found;
  signalAll(found, 'SIGTERM');
  const gone = (): boolean => processesMarked(mark, except).length === 0;
  await pollUntil({ deadlineMs: TERMINATE_DEADLINE_MS, everyMs: 50 }, gone).catch(() => undefined);
  signalAll(processesMarked(mark, except), 'SIGKILL');
  return found;
}

function processesMarked(mark: string, except?: ReadonlySet<string>): number[] {
  return processEnvironments(except)
    .filter(({ pid, environment }) => pid !== process.pid && environment.includes(mark))
    .map(({ pid }) => pid);
}

/** Numbers of all processes; none where there is no /proc. */
export function processIds(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
