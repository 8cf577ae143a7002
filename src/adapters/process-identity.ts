import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * This process as `<number>-<start>-<place>`, so that no other is ever taken for it: numbers are given anew, and mean
 * something only in their own namespace of processes (a container's, or the machine's).
 */
export function ownIdentity(): string {
  return [process.pid, startOf(process.pid) ?? '', namespaceOf('self')].join('-');
}

/** Whether the process still runs; `unknown` when its number means nothing here. */
export function fateOf(identity: string): 'alive' | 'gone' | 'unknown' {
  const [, pid, start, namespace] = /^(\d+)-(\d*)-(.+)$/.exec(identity) ?? [];
  if (pid === undefined || namespace !== namespaceOf('self')) return 'unknown';
  if (start !== '') return startOf(Number(pid)) === start ? 'alive' : 'gone';
  try {
    process.kill(Number(pid), 0);
    return 'alive';
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'alive';
  }
}

/** The namespace in which a process has its number; where there are none, the machine. */
export function namespaceOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`).replaceAll(/\D/g, '');
  } catch {
    return `host ${hostname()}`;
  }
}

/** Clock ticks from the start of the machine to that of the process; undefined when there is none, or no Linux. */
function startOf(pid: number): string | undefined {
  try {
    // Fields of stat(5), counted behind the name in parentheses, which may hold spaces: state is the first, start the 20th.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
