import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

/** The committed bundle: what users run. */
export const BUNDLE = join(import.meta.dirname, '../../dist/index.js');
const DEADLINE_MS = 100_000;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** What was written to stdout so far. */
  readonly stdout: () => string;
}

export interface BundleOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly bundle?: string;
  /** The Node that starts it; that of the tests unless said otherwise. */
  readonly node?: string;
  /** Take the tests' Python, which has Jupyter; true unless said otherwise. */
  readonly python?: boolean;
  /** When it is killed; 100 s unless said otherwise. */
  readonly deadlineMs?: number;
}

/** Starts the bundle as a user would, in an environment without anything of a workflow. */
export function startBundle(args: readonly string[], options: BundleOptions): Running {
  const python = (options.python ?? true) ? ['--python', inject('python').executable] : [];
  const given = args[0] === 'run' ? [...args, ...python] : args;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(GITHUB_|INPUT_|STATE_|RUNNER_|CI$|FORCE_COLOR|VITEST)/.test(name),
    ),
  );
  const child = spawn(options.node ?? process.execPath, [options.bundle ?? BUNDLE, ...given], {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.deadlineMs ?? DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  const chunks = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (chunks.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (chunks.stderr += chunk));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (status) => resolve({ status, ...chunks }));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, finished, stdout: () => chunks.stdout };
}

export async function runBundle(args: readonly string[], options: BundleOptions): Promise<Finished> {
  return await startBundle(args, options).finished;
}

/** A folder of its own for one test, with these files: text as it is, anything else as JSON. */
export async function aFolder(files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'batch-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

export async function aCopyOf(fixture: string): Promise<string> {
  const folder = await aFolder();
  await cp(join(import.meta.dirname, '../fixtures', fixture), folder, { recursive: true });
  return folder;
}

export { codeNotebook as aNotebook } from '../fakes/code-notebook.ts';

export interface Results {
  readonly totals: Readonly<Record<string, number>>;
  readonly runs: readonly {
    readonly name: string;
    readonly status: string;
    readonly outputPath: string;
    readonly error: Readonly<Record<string, unknown>> | null;
    readonly output: { readonly kind: string };
  }[];
}

export function resultsIn(folder: string): Results {
  return JSON.parse(readFileSync(join(folder, 'papermill_outputs/results.json'), 'utf8')) as Results;
}

/** Files below a folder, relative, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Texts of a cell's stream outputs in an executed notebook. */
export function streamsOf(path: string): string[] {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as {
    cells: { outputs?: { output_type: string; text?: string[] }[] }[];
  };
  return cells.flatMap(({ outputs = [] }) =>
    outputs.flatMap(({ text }) => (text === undefined ? [] : [text.join('')])),
  );
}
