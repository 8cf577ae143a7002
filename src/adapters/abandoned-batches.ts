import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BATCH_MARK } from './kernel-environment.ts';
import { processEnvironments, signalAll } from './leftover-processes.ts';
import { fateOf, namespaceOf, ownIdentity } from './process-identity.ts';

/** Short: the sockets of kernels live in it, and their paths may have 100 bytes. */
export const RUNTIME_DIR_PREFIX = 'pnb-';
/** In a runtime directory: the id of its batch. */
export const OWNER_FILE = 'owner';

/** The id of a batch of this process: whoever meets it can tell whether the process still runs. */
export function newBatchId(): string {
  return `${ownIdentity()}.${randomUUID()}`;
}

export interface Abandoned {
  readonly processes: number;
  readonly directories: number;
}

/**
 * Ends and removes what earlier batches of this user have left whose own process was killed, so that it could not do
 * so itself. What belongs to a process that runs, or to one of another container, is left alone.
 */
export function endAbandonedBatches(): Abandoned {
  const processes = processEnvironments()
    .filter(({ environment }) => isAbandoned(batchIdIn(environment)))
    // In another container the owner may well be alive, under a number that means somebody else here.
    .filter(({ pid }) => isOurs(`/proc/${pid}`) && namespaceOf(String(pid)) === namespaceOf('self'))
    .map(({ pid }) => pid);
  signalAll(processes, 'SIGKILL');
  const directories = runtimeDirectories().filter((path) => isOurs(path) && isAbandoned(ownerOf(path)));
  for (const path of directories) rmSync(path, { recursive: true, force: true });
  return { processes: processes.length, directories: directories.length };
}

function isAbandoned(batchId: string | undefined): boolean {
  return batchId !== undefined && fateOf(batchId.slice(0, batchId.lastIndexOf('.'))) === 'gone';
}

function batchIdIn(environment: readonly string[]): string | undefined {
  return environment.find((entry) => entry.startsWith(`${BATCH_MARK}=`))?.slice(BATCH_MARK.length + 1);
}

function runtimeDirectories(): string[] {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(RUNTIME_DIR_PREFIX));
  return names.map((name) => join(tmpdir(), name));
}

function ownerOf(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, OWNER_FILE), 'utf8');
  } catch {
    return undefined; // not made by this version, or gone meanwhile
  }
}

function isOurs(path: string): boolean {
  try {
    return lstatSync(path).uid === process.getuid?.();
  } catch {
    return false;
  }
}
