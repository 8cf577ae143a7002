import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { availableCpus } from '../../src/adapters/available-cpus.ts';

function cpusWith(files: Record<string, string>): number {
  return availableCpus((path) => files[path]);
}

describe('the CPUs this process may use', () => {
  it('are those of its affinity when no cgroup limits them', () => {
    expect(cpusWith({})).toBe(availableParallelism());
    expect(cpusWith({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' })).toBe(
      availableParallelism(),
    );
  });

  it('are at most the quota of its cgroup', () => {
    expect(cpusWith({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '100000 100000\n' })).toBe(1);
  });

  it('are at most the quota of a cgroup above its own', () => {
    const files = {
      '/proc/self/cgroup': '0::/a/b\n',
      '/sys/fs/cgroup/a/b/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/a/cpu.max': '150000 100000\n',
    };
    expect(cpusWith(files)).toBe(1);
  });

  it('are at most the quota of cgroup version 1', () => {
    const files = {
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    };
    expect(cpusWith(files)).toBe(1);
  });
});
