import type { ContenderId } from './contenders.ts';
import { type Results, summarise, type Summary } from './summarise.ts';

/** A figure that is to be reached, beside what was measured. */
export interface Figure {
  readonly case: string;
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly reached: boolean;
}

interface FigureRow {
  readonly case: string;
  readonly what: string;
  readonly target: string;
  /** Undefined when something that it needs was not measured. */
  readonly value: (of: Lookup) => number | undefined;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

interface Lookup {
  readonly summary: (id: string, contender?: ContenderId) => Summary | undefined;
  /** CPU of the cells of case b divided by the cores, or its longest run. */
  readonly boundMs: number | undefined;
  readonly cores: number;
}

const MEGABYTE = 1_000_000;
const CELLS = 2000;

const FIGURES: readonly FigureRow[] = [
  slower({ id: 'a', contender: 'papermill-2019', name: 'the 2019 approach', atLeast: 10 }),
  slower({ id: 'a', contender: 'nbclient-pool', name: 'a process pool of nbclient', atLeast: 8 }),
  {
    case: 'a',
    what: 'CPU of our own for each run: everything but the kernels',
    target: '≤ 100 ms',
    unit: ' ms',
    atMost: 100,
    value: ({ summary }) => {
      const ours = summary('a');
      return ours?.kernelsCpuMs === undefined ? undefined : (ours.cpuMs - ours.kernelsCpuMs) / ours.runs;
    },
  },
  {
    case: 'b',
    what: 'wall time ÷ (CPU time of the cells ÷ cores, or the longest run)',
    target: '≤ 1.10',
    unit: '',
    atMost: 1.1,
    value: ({ summary, boundMs }) => divide(summary('b')?.wallMs, boundMs),
  },
  slower({ id: 'b', contender: 'papermill-2019', name: 'the 2019 approach', atLeast: 1.15 }),
  {
    case: 'c',
    what: 'time per run at 1,000 runs ÷ at 100',
    target: '≤ 1.10',
    unit: '',
    atMost: 1.1,
    value: ({ summary }) => divide(timePerRun(summary('c-1000')), timePerRun(summary('c-100'))),
  },
  {
    case: 'c',
    what: 'peak of our own process (Node) at 1,000 runs',
    target: '< 300 MB',
    unit: ' MB',
    atMost: 300,
    value: ({ summary }) => divide(summary('c-1000')?.mainPeakRssBytes, MEGABYTE),
  },
  {
    case: 'd',
    what: 'time for each trivial cell, end to end',
    target: '≤ 5 ms',
    unit: ' ms',
    atMost: 5,
    value: ({ summary }) => divide(summary('d')?.wallMs, CELLS),
  },
  slower({ id: 'd', contender: 'papermill-2019', name: 'papermill', atLeast: 10 }),
  {
    case: 'e',
    what: 'memory (PSS) for each further pandas kernel',
    target: '≤ 40 MB',
    unit: ' MB',
    atMost: 40,
    value: ({ summary }) => {
      const [few, many] = [summary('e-2'), summary('e-10')];
      if (few === undefined || many === undefined) return undefined;
      return (many.peakPssBytes - few.peakPssBytes) / (many.runs - few.runs) / MEGABYTE;
    },
  },
  {
    case: 'f',
    what: 'from the start of the process to the first cell',
    target: '≤ 1.5 s',
    unit: ' s',
    atMost: 1.5,
    value: ({ summary }) => divide(summary('f')?.firstCellMs, 1000),
  },
  slower({ id: 'f', contender: 'papermill-xargs', name: 'papermill', atLeast: 1 }),
];

function slower(row: { id: string; contender: ContenderId; name: string; atLeast: number }): FigureRow {
  return {
    case: row.id,
    what: `times as fast as ${row.name}`,
    target: `≥ ${row.atLeast}`,
    unit: '',
    atLeast: row.atLeast,
    value: ({ summary }) => summary(row.id, row.contender)?.timesOurs,
  };
}

/** Every figure whose cases were measured. */
export function figuresOf({ machine, measurements }: Results): Figure[] {
  const summaries = summarise(measurements);
  const cells = measurements.find(({ contender }) => contender === 'cells-alone')?.cells;
  const lookup: Lookup = {
    summary: (id, contender = 'ours') =>
      summaries.find((one) => one.case === id && one.contender === contender),
    boundMs: cells && Math.max(cells.cpuMs / machine.cores, cells.longestMs),
    cores: machine.cores,
  };
  return FIGURES.flatMap(({ value, unit, atLeast = -Infinity, atMost = Infinity, ...row }) => {
    const measured = value(lookup);
    if (measured === undefined) return [];
    const { case: id, what, target } = row;
    const reached = measured >= atLeast && measured <= atMost;
    return [{ case: id, what, target, measured: `${threeDigits(measured)}${unit}`, reached }];
  });
}

function timePerRun(summary: Summary | undefined): number | undefined {
  return summary && summary.wallMs / summary.runs;
}

function divide(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined ? undefined : value / by;
}

/** 0.123, 1.23, 12.3, 123, 1234. */
export function threeDigits(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 3));
}
