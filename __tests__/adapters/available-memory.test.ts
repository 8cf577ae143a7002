import { describe, expect, it } from 'vitest';
import { availableMemory } from '../../src/adapters/available-memory.ts';

const MEMINFO = { '/proc/meminfo': 'MemTotal: 9000 kB\nMemAvailable:    8000 kB\n' };
const KB = 1024;

function memoryWith(files: Record<string, string>): number | undefined {
  return availableMemory((path) => files[path]);
}

describe('the memory for kernels', () => {
  it('is what the system has left', () => {
    expect(memoryWith(MEMINFO)).toBe(8000 * KB);
  });

  it('is at most what a cgroup above its own leaves, files that can be forgotten included', () => {
    const files = {
      ...MEMINFO,
      '/proc/self/cgroup': '0::/a/b\n',
      '/sys/fs/cgroup/a/b/memory.max': 'max\n',
      '/sys/fs/cgroup/a/b/memory.current': `${500 * KB}\n`,
      '/sys/fs/cgroup/a/memory.max': `${2000 * KB}\n`,
      '/sys/fs/cgroup/a/memory.current': `${1500 * KB}\n`,
      '/sys/fs/cgroup/a/memory.stat': `anon 5\ninactive_file ${300 * KB}\n`,
    };
    expect(memoryWith(files)).toBe(800 * KB);
  });

  it('is unknown where the system does not tell', () => {
    expect(memoryWith({})).toBeUndefined();
  });
});
