import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BATCH_MARK } from '../../src/adapters/kernel-environment.ts';

/** The committed bundle. */
export const BUNDLE = join(import.meta.dirname, '../../dist/index.js');
const EVERY_MS = 200;
const ALL_EVERY = 15;

export interface Sample {
  readonly atMs: number;
  /** Resident bytes of our own process, and of the server. */
  readonly ownBytes: number;
  readonly serverBytes: number;
  /** Of everything together, shared pages counted once; seldom taken, for it is slow. */
  readonly allBytes: number | undefined;
  readonly serverFiles: number;
  /** That our process has sent to its disks since it began. */
  readonly writtenBytes: number;
}

export interface Measured {
  readonly status: number | null;
  /** By the clock, in ms. */
  readonly startedAt: number;
  readonly wallMs: number;
  /** By performance.now(). */
  readonly endedAt: number;
  readonly samples: readonly Sample[];
  readonly runs: readonly LoadRun[];
  /** Processes of the batch that are still there after its end. */
  readonly leftovers: number;
  readonly folder: string;
}

export interface LoadRun {
  readonly name: string;
  readonly status: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outputPath: string;
  readonly output: { readonly kind: string };
}

export interface BatchToMeasure {
  /** Name → text, or a value that is written as JSON. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly python: string;
  readonly args?: readonly string[];
  /** Called while it runs, after each sample. */
  readonly during?: (running: { readonly pid: number; readonly folder: string }) => void;
}

/** Executes a batch with the bundle and the tests' Python, and watches what it takes. */
export async function measure({ files, python, args = [], during }: BatchToMeasure): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'load-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const [begun, startedAt] = [performance.now(), Date.now()];
  const child = spawn(process.execPath, [BUNDLE, 'run', '--python', python, ...args], {
    cwd: folder,
    env: { ...process.env, LOAD_FOLDER: folder, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const pid = child.pid ?? 0;
  const samples: Sample[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const all = samples.length % ALL_EVERY === 0;
      samples.push(await sample(pid, { folder, atMs: performance.now() - begun, all }));
      during?.({ pid, folder });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  const status = await ended;
  const endedAt = performance.now();
  const wallMs = endedAt - begun;
  over.abort();
  await watching;
  const { runs } = JSON.parse(await readFile(join(folder, 'papermill_outputs/results.json'), 'utf8')) as {
    runs: LoadRun[];
  };
  const leftovers = (await processesOf(folder)).length;
  return { status, startedAt, wallMs, endedAt, samples, runs, leftovers, folder };
}

export async function forget({ folder }: Measured): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** How long the cells of an executed notebook took and when they ended, by its own account. */
export async function cellTimes(path: string): Promise<{ durationMs: number; endedAt: number }[]> {
  const { cells } = JSON.parse(await readFile(path, 'utf8')) as {
    cells: { metadata: { papermill?: { duration: number; end_time: string } } }[];
  };
  return cells.flatMap(({ metadata: { papermill } }) =>
    papermill === undefined
      ? []
      : [{ durationMs: papermill.duration * 1000, endedAt: Date.parse(papermill.end_time) }],
  );
}

async function sample(pid: number, at: { folder: string; atMs: number; all: boolean }): Promise<Sample> {
  const processes = await processesOf(at.folder);
  const server = processes.find(({ command }) => command.includes('launch_server.py'))?.pid;
  const files = server === undefined ? [] : await readdir(`/proc/${server}/fd`).catch(() => []);
  return {
    atMs: at.atMs,
    ownBytes: await residentBytes(pid),
    serverBytes: server === undefined ? 0 : await residentBytes(server),
    allBytes: at.all ? await sharedOnce([pid, ...processes.map((each) => each.pid)]) : undefined,
    serverFiles: files.length,
    writtenBytes: Number(/^write_bytes: (\d+)$/m.exec(await textOf(`/proc/${pid}/io`))?.[1] ?? 0),
  };
}

async function processesOf(folder: string): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (name) => {
      const environment = await textOf(`/proc/${name}/environ`);
      const ours = environment.includes(`${BATCH_MARK}=`) && environment.includes(`LOAD_FOLDER=${folder}\0`);
      return ours ? [{ pid: Number(name), command: await textOf(`/proc/${name}/cmdline`) }] : [];
    }),
  );
  return all.flat();
}

async function residentBytes(pid: number): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(await textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Pages that processes share are divided among them. */
async function sharedOnce(pids: readonly number[]): Promise<number> {
  const texts = await Promise.all(pids.map((pid) => textOf(`/proc/${pid}/smaps_rollup`)));
  return texts.reduce((sum, text) => sum + Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024, 0);
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}
