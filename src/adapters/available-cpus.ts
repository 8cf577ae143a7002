import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

const CGROUP_ROOT = '/sys/fs/cgroup';

/**
 * CPUs this process may really use, at least 1: its affinity mask, and the quotas of the cgroups it is in
 * (a container with `--cpus=2` on a machine with 64 may use 2).
 */
export function availableCpus(read: (path: string) => string | undefined = readIfThere): number {
  const quotas = [...cgroup2Quotas(read), ...cgroup1Quotas(read)];
  return Math.max(1, Math.floor(Math.min(availableParallelism(), ...quotas)));
}

/** Each cgroup from ours up to the root may set a limit: `cpu.max` holds `<quota> <period>` or `max <period>`. */
function cgroup2Quotas(read: (path: string) => string | undefined): number[] {
  const own = /^0::(.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1];
  const quotas: number[] = [];
  for (let group = own; group !== undefined; group = group === '/' ? undefined : dirname(group)) {
    const [quota, period] = (read(join(CGROUP_ROOT, group, 'cpu.max')) ?? '').split(' ').map(Number);
    if (quota !== undefined && quota > 0 && period !== undefined && period > 0) quotas.push(quota / period);
  }
  return quotas;
}

function cgroup1Quotas(read: (path: string) => string | undefined): number[] {
  const quota = Number(read(join(CGROUP_ROOT, 'cpu/cpu.cfs_quota_us')));
  const period = Number(read(join(CGROUP_ROOT, 'cpu/cpu.cfs_period_us')));
  return quota > 0 && period > 0 ? [quota / period] : [];
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
