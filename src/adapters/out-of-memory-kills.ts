import { readFileSync } from 'node:fs';

const COUNTERS = [
  { path: '/proc/vmstat', line: /^oom_kill (\d+)$/m },
  { path: '/sys/fs/cgroup/memory.events', line: /^oom_kill (\d+)$/m },
];

/** Processes that the system's out-of-memory killer has ended so far, as far as this system tells; it only grows. */
export function outOfMemoryKills(): number {
  let kills = 0;
  for (const { path, line } of COUNTERS) {
    try {
      kills += Number(line.exec(readFileSync(path, 'utf8'))?.[1] ?? 0);
    } catch {
      // Not Linux, or a kernel without this counter.
    }
  }
  return kills;
}
