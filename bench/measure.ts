import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { caseFolder, finishedNotebooks } from './case-folder.ts';
import type { Case, Size } from './cases.ts';
import { CONTENDERS, type ContenderId } from './contenders.ts';

const MEASURE = join(import.meta.dirname, 'measure.py');

/** One execution of one case by one contender. */
export interface Measurement {
  readonly case: string;
  readonly contender: ContenderId;
  readonly runs: number;
  /** Executed notebooks that are complete and have no error. */
  readonly finished: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakPssBytes: number;
  /** Of the process that was started; for this program that is Node. */
  readonly mainPeakRssBytes: number;
  readonly mostProcesses: number;
  readonly processesLeft: number;
  /** From the start of the process to the first cell behind the parameters. */
  readonly firstCellMs?: number;
  /** What the kernels used, as this program reports it. */
  readonly kernelsCpuMs?: number;
  /** What the cells take by themselves, and the longest run. */
  readonly cells?: { readonly cpuMs: number; readonly longestMs: number };
}

interface Facts extends Omit<Measurement, 'case' | 'contender' | 'runs' | 'finished'> {
  readonly startedAtMs: number;
  readonly status: number;
}

/** Measures one execution, in a folder that is removed. */
export function measure(
  theCase: Case,
  options: { contender: ContenderId; size: Size; python: string },
): Measurement {
  const { contender, size, python } = options;
  const atOnce = size.atOnce ?? cpus().length;
  const folder = caseFolder(theCase, { contender, python, runs: size.runs, atOnce });
  const result = join(folder.path, 'measured.json');
  const command = CONTENDERS[contender].command(folder.batch);
  const { status, stderr } = spawnSync(python, [MEASURE, result, ...command], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  const log = readIfThere(`${result}.log`) ?? '';
  if (status !== 0) throw new Error(`It could not be measured: ${stderr}\n${log}`);
  const { startedAtMs, status: ended, ...facts } = JSON.parse(readFileSync(result, 'utf8')) as Facts;
  const finished = contender === 'cells-alone' ? size.runs : finishedNotebooks(folder);
  if (finished < size.runs || ended !== 0) {
    const lines = log.trimEnd().split('\n').slice(-20).join('\n');
    process.stderr.write(
      `${theCase.id} ${contender}: ${finished} of ${size.runs} finished, status ${ended}\n${lines}\n`,
    );
  }
  const firstCell = readIfThere(join(folder.path, 'first-cell'));
  const results = readIfThere(join(folder.path, 'papermill_outputs/results.json'));
  rmSync(folder.path, { recursive: true, force: true });
  return {
    case: theCase.id,
    contender,
    runs: size.runs,
    finished,
    ...facts,
    ...(firstCell === undefined ? {} : { firstCellMs: Number(firstCell) - startedAtMs }),
    ...(results === undefined ? {} : { kernelsCpuMs: kernelsCpuMs(results) }),
    ...(contender === 'cells-alone' ? { cells: cellsAlone(log) } : {}),
  };
}

function kernelsCpuMs(results: string): number {
  const { runs } = JSON.parse(results) as { runs: { cpuMs: number | null }[] };
  return runs.reduce((sum, { cpuMs }) => sum + (cpuMs ?? 0), 0);
}

function cellsAlone(log: string): { cpuMs: number; longestMs: number } {
  return JSON.parse(log.trim().split('\n').at(-1) ?? '') as { cpuMs: number; longestMs: number };
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
