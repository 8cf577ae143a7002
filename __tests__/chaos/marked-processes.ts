import { readdirSync, readFileSync } from 'node:fs';
import { BATCH_MARK } from '../../src/adapters/kernel-environment.ts';

/** For the environment of a bundle: what it starts can be told from what other tests start. */
export function markOf(folder: string): Record<string, string> {
  return { CHAOS_FOLDER: folder };
}

/** Processes that a batch of the folder has started and that still run. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const environment = textOf(`/proc/${pid}/environ`);
      return environment.includes(`${BATCH_MARK}=`) && environment.includes(`CHAOS_FOLDER=${folder}`);
    })
    .map(Number);
}

/** The command line of a process, its words apart by NUL; empty once it has ended. */
export function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`);
}

/** Directories with sockets and logs that servers of the folder's batches have open. */
export function runtimeDirsOf(folder: string): string[] {
  const directories = processesOf(folder).map(
    (pid) => /JUPYTER_RUNTIME_DIR=([^\0]+)/.exec(textOf(`/proc/${pid}/environ`))?.[1],
  );
  return [...new Set(directories.filter((path) => path !== undefined))];
}

/** The most memory a process has had resident so far, in bytes; 0 once it is gone. */
export function peakMemoryOf(pid: number | undefined): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid ?? 0}/status`))?.[1] ?? 0) * 1024;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
