import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import type { KernelExit, ResourceUsage } from '../execute/ports.ts';
import { outOfMemoryKills } from './out-of-memory-kills.ts';

/** A clock tick of /proc/<pid>/stat: USER_HZ is 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;
const STDERR_TAIL_BYTES = 4096;
const STDERR_TAIL_LINES = 20;

interface Facts {
  readonly pid?: number;
  readonly returncode?: number | null;
  readonly notes?: readonly string[];
  readonly unlimited?: boolean;
}

/** A kernel's process as seen from outside: what it uses, and how it ended. */
export class KernelProcess {
  readonly #factsPath: string;
  readonly #logPath: string;
  readonly #killsBefore = outOfMemoryKills();
  #usage: ResourceUsage | undefined;

  /** `factsPath` and `logPath` are written by the server; see python/batch_kernels.py. */
  constructor(paths: { factsPath: string; logPath: string }) {
    this.#factsPath = paths.factsPath;
    this.#logPath = paths.logPath;
  }

  get pid(): number | undefined {
    return this.#facts().pid;
  }

  /** Whether the server has seen the process's end. */
  get hasEnded(): boolean {
    return 'returncode' in this.#facts();
  }

  /** What about its start was not as usual, to be said after the run's name. */
  get notes(): readonly string[] {
    return this.#facts().notes ?? [];
  }

  /** Whether it sends its output without ZeroMQ's limit. */
  get isUnlimited(): boolean {
    return this.#facts().unlimited === true;
  }

  /** The last readable state, so that a kernel that died is still accounted for. */
  usage(): ResourceUsage | undefined {
    const { pid } = this;
    try {
      const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
      const peakKibibytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
      // Fields 14 and 15 of stat(5), counted behind the name in parentheses, which may hold spaces.
      const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = Number(fields[11]) + Number(fields[12]);
      if (peakKibibytes > 0) {
        this.#usage = { peakMemoryBytes: peakKibibytes * 1024, cpuMs: ticks * MS_PER_TICK };
      }
    } catch {
      // Gone, or not Linux.
    }
    return this.#usage;
  }

  exit(): KernelExit {
    const { returncode } = this.#facts();
    const code = returncode ?? undefined;
    const signal = code !== undefined && code < 0 ? signalName(-code) : undefined;
    // The system kills with SIGKILL: whoever ended otherwise was not killed for memory, whatever else was meanwhile.
    const killed = code === undefined || signal === 'SIGKILL';
    return {
      exitCode: code !== undefined && code >= 0 ? code : undefined,
      signal,
      outOfMemory: killed && outOfMemoryKills() > this.#killsBefore,
      stderr: this.stderrTail(),
    };
  }

  /** What the process wrote by itself, outside the protocol: its last lines. */
  stderrTail(): string {
    try {
      const file = openSync(this.#logPath, 'r');
      try {
        const size = fstatSync(file).size;
        const buffer = Buffer.alloc(Math.min(size, STDERR_TAIL_BYTES));
        readSync(file, buffer, 0, buffer.length, size - buffer.length);
        return buffer.toString('utf8').trim().split('\n').slice(-STDERR_TAIL_LINES).join('\n');
      } finally {
        closeSync(file);
      }
    } catch {
      return '';
    }
  }

  #facts(): Facts {
    try {
      return JSON.parse(readFileSync(this.#factsPath, 'utf8')) as Facts;
    } catch {
      return {};
    }
  }
}

function signalName(number: number): string {
  const named = Object.entries(constants.signals).find(([, value]) => value === number);
  return named?.[0] ?? `signal ${number}`;
}
