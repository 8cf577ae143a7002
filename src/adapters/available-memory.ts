import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CGROUP_ROOT = '/sys/fs/cgroup';

/**
 * Bytes that new processes may use: what the system has left, and the cgroups we are in (a container with `--memory`).
 * Undefined where nobody tells: `os.freemem` of other systems counts caches as used.
 */
export function availableMemory(
  read: (path: string) => string | undefined = readIfThere,
): number | undefined {
  const ofSystem = /^MemAvailable:\s+(\d+) kB$/m.exec(read('/proc/meminfo') ?? '')?.[1];
  if (ofSystem === undefined) return undefined;
  return Math.min(Number(ofSystem) * 1024, ...cgroupsLeft(read));
}

function cgroupsLeft(read: (path: string) => string | undefined): number[] {
  const own = /^0::(.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1];
  const left: number[] = [];
  for (let group = own; group !== undefined; group = group === '/' ? undefined : dirname(group)) {
    const [most, used] = ['memory.max', 'memory.current'].map((name) =>
      Number(read(join(CGROUP_ROOT, group, name)) ?? NaN),
    );
    // What the page cache holds is counted as used, and given back: inactive files at least.
    const cached = Number(
      /^inactive_file (\d+)$/m.exec(read(join(CGROUP_ROOT, group, 'memory.stat')) ?? '')?.[1],
    );
    if (most !== undefined && used !== undefined && most - used >= 0) left.push(most - used + (cached || 0));
  }
  return left;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
