import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { notebookFiles } from '../../src/adapters/notebook-files.ts';
import { startKernels } from '../../src/adapters/start-kernels.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { executeBatch } from '../../src/execute/execute-batch.ts';
import type { BatchKernels } from '../../src/execute/ports.ts';
import type { BatchEvent, Run, RunResult } from '../../src/model.ts';
import type { OutputLimits } from '../../src/notebook/output-limits.ts';
import type { CodeCell } from '../../src/notebook/types.ts';
import { aCodeCell, aNotebook } from '../fakes/kernel-messages.ts';
import { aRun } from '../fakes/runs.ts';

/** One thing that the chaos kernel does in a cell: see ACTIONS in chaos_kernel.py. */
export type Step = readonly [name: string, ...unknown[]];

/** Writes a kernelspec for the chaos kernel; resolves with the JUPYTER_PATH that has it. */
export async function installChaosKernel(directory: string): Promise<string> {
  const spec = join(directory, 'kernels', 'chaos');
  await mkdir(spec, { recursive: true });
  const argv = [
    inject('python').executable,
    join(import.meta.dirname, 'chaos_kernel.py'),
    '-f',
    '{connection_file}',
  ];
  await writeFile(
    join(spec, 'kernel.json'),
    JSON.stringify({ argv, display_name: 'Chaos', language: 'chaos' }),
  );
  return directory;
}

export interface TestKernels {
  readonly jupyter: BatchKernels;
  readonly batchId: string;
  /** A folder for notebooks. */
  readonly directory: string;
}

/** The real server, as the program starts it, with the chaos kernel among the installed ones. */
export async function startTestKernels(
  outputLimits: OutputLimits = {},
  scripts = join(import.meta.dirname, '../../python'),
): Promise<TestKernels> {
  const directory = await mkdtemp(join(tmpdir(), 'kernels-'));
  let batchId = '';
  const jupyter = await startKernels({
    python: inject('python').executable,
    scripts,
    environment: { ...process.env, JUPYTER_PATH: await installChaosKernel(directory) },
    passEnv: [],
    outputLimits,
    cpus: 2,
    parallel: 2,
    signal: new AbortController().signal,
    onStarting: (id) => (batchId = id),
  });
  return { jupyter, batchId, directory };
}

export interface Executed {
  readonly result: RunResult;
  /** The code cells as they were written to disk, without marker cells. */
  readonly cells: readonly CodeCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly events: readonly BatchEvent[];
}

/** What a test cares about, of the run and its batch. */
type Overrides = Partial<Run> & Partial<Run['settings']> & { readonly outputLimits?: OutputLimits };

let written = 0;

/** Executes a notebook of these sources through the whole of `executeBatch`, and reads what it left. */
export async function executeCells(
  { jupyter, directory }: TestKernels,
  sources: readonly string[],
  overrides: Overrides = {},
): Promise<Executed> {
  const { outputLimits = {}, ...settings } = overrides;
  const name = `nb-${(written += 1)}`;
  const notebookPath = join(directory, `${name}.ipynb`);
  const outputPath = join(directory, 'out', `${name}.ipynb`);
  const cells = sources.map((source, index) => aCodeCell({ id: `cell-${index}`, source }));
  const inLines = cells.map((cell) => ({ ...cell, source: cell.source.split(/(?<=\n)/) }));
  await writeFile(notebookPath, JSON.stringify({ ...aNotebook(), cells: inLines }, undefined, 1));
  const run = aRun({
    name,
    notebookPath,
    outputPath,
    cwd: directory,
    injectedSource: undefined,
    ...settings,
  });
  const events: BatchEvent[] = [];
  const signal = new AbortController().signal;
  const context = {
    kernels: jupyter.kernels,
    files: notebookFiles(directory),
    clock: systemClock,
    progress: (event: BatchEvent) => void events.push(event),
    signal,
    backup: false,
    version: 'tests/0',
    workingDirectory: directory,
    outputLimits,
  };
  const { results } = await executeBatch({ runs: [run], warnings: [] }, context, {
    parallel: 1,
    failFast: false,
  });
  const [result] = results;
  if (result === undefined) throw new Error('a batch of one run has one result');
  const left = JSON.parse(await readFile(outputPath, 'utf8')) as ReturnType<typeof aNotebook>;
  const ours = new Set(cells.map(({ id }) => id));
  return {
    result,
    cells: left.cells.filter((cell) => ours.has(cell.id)) as CodeCell[],
    metadata: left.metadata,
    events,
  };
}

/** The chaos kernel executes cells of these steps. */
export function executeChaos(
  kernels: TestKernels,
  cells: readonly (readonly Step[])[],
  overrides: Overrides = {},
): Promise<Executed> {
  const sources = cells.map((steps) => JSON.stringify(steps));
  return executeCells(kernels, sources, { kernelName: 'chaos', ...overrides });
}

/** What a kernel without faults does, around the steps given. */
export function properly(...steps: readonly Step[]): Step[] {
  return [['busy'], ...steps, ['reply', { status: 'ok' }], ['idle']];
}

export function textOf(cell: CodeCell | undefined): string {
  const texts = cell?.outputs.map((output) => (output.output_type === 'stream' ? output.text : '')) ?? [];
  return texts.flat().join('');
}
