import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeNotebook } from '../__tests__/fakes/code-notebook.ts';
import type { Case } from './cases.ts';
import { type Batch, CONTENDERS, type ContenderId } from './contenders.ts';

const ROOT = join(import.meta.dirname, '..');

export interface CaseFolder {
  readonly path: string;
  readonly batch: Batch;
  /** Paths of the executed notebooks, absolute. */
  readonly outputs: readonly string[];
}

interface PeerRun {
  readonly notebook: string;
  readonly output: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A folder with everything that a contender needs for one case. The plan of our own program says what the others run. */
export function caseFolder(
  { cells }: Case,
  options: { contender: ContenderId; python: string; runs: number; atOnce: number },
): CaseFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'benchmark-')));
  const configs =
    cells === 'example' ? copyExample(path) : writeBatch(path, { sources: cells, runs: options.runs });
  const runs = planned(path, configs);
  // pytest takes every notebook of a folder, so that the outputs have one of their own.
  const batch: Batch = {
    python: options.python,
    configs,
    runs: 'runs.json',
    lines: 'lines.txt',
    outputs: 'papermill_outputs',
    atOnce: options.atOnce,
  };
  writeFileSync(join(path, batch.runs), JSON.stringify(runs));
  const lines = runs.map(({ notebook, output, parameters }, index) => {
    const file = join('parameters', `${index}.json`);
    mkdirSync(join(path, 'parameters'), { recursive: true });
    writeFileSync(join(path, file), JSON.stringify(parameters)); // which is YAML too
    if (options.contender === 'papermill-xargs') mkdirSync(dirname(join(path, output)), { recursive: true });
    return `${notebook} ${output} ${file}\n`;
  });
  writeFileSync(join(path, batch.lines), lines.join(''));
  prepare(path, CONTENDERS[options.contender].prepare?.(batch));
  return { path, batch, outputs: runs.map(({ output }) => join(path, output)) };
}

function copyExample(path: string): string {
  cpSync(join(ROOT, 'examples'), join(path, 'examples'), { recursive: true });
  return 'examples/configs.json';
}

function writeBatch(path: string, { sources, runs }: { sources: readonly string[]; runs: number }): string {
  writeFileSync(join(path, 'template.ipynb'), JSON.stringify(codeNotebook(...sources)));
  const entries = Array.from({ length: runs }, (_, n) => [
    `run_${n}`,
    { notebook: 'template.ipynb', parameters: { n } },
  ]);
  writeFileSync(join(path, 'configs.json'), JSON.stringify(Object.fromEntries(entries)));
  return 'configs.json';
}

function planned(path: string, configs: string): PeerRun[] {
  const [program = '', bundle = ''] = CONTENDERS.ours.command({ configs } as Batch);
  const { stdout, stderr, status } = spawnSync(program, [bundle, 'plan', configs, '--json'], {
    cwd: path,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`The batch cannot be planned:\n${stdout}${stderr}`);
  const runs = JSON.parse(stdout) as {
    notebook: string;
    outputPath: string;
    parameters: PeerRun['parameters'];
  }[];
  return runs.map(({ notebook, outputPath, parameters }) => ({ notebook, output: outputPath, parameters }));
}

function prepare(path: string, command: readonly string[] | undefined): void {
  if (command === undefined) return;
  const [program = '', ...args] = command;
  const { status, stderr } = spawnSync(program, args, { cwd: path, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stderr}`);
}

/** How many of the notebooks are there, complete and without an error. */
export function finishedNotebooks({ outputs }: CaseFolder): number {
  return outputs.filter((path) => {
    try {
      const { cells } = JSON.parse(readFileSync(path, 'utf8')) as {
        cells: { cell_type: string; execution_count?: number | null; outputs?: { output_type: string }[] }[];
      };
      const code = cells.filter(({ cell_type }) => cell_type === 'code');
      return code.every(
        (cell) =>
          typeof cell.execution_count === 'number' &&
          cell.outputs?.every(({ output_type }) => output_type !== 'error'),
      );
    } catch {
      return false;
    }
  }).length;
}
