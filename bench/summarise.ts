import { CASES } from './cases.ts';
import type { ContenderId } from './contenders.ts';
import type { Machine } from './describe-machine.ts';
import type { Measurement } from './measure.ts';

export interface Results {
  readonly machine: Machine;
  readonly measurements: readonly Measurement[];
}

/** Medians of one contender in one case. */
export interface Summary {
  readonly case: string;
  readonly contender: ContenderId;
  readonly runs: number;
  readonly repeats: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakPssBytes: number;
  readonly mainPeakRssBytes: number;
  readonly firstCellMs: number | undefined;
  readonly kernelsCpuMs: number | undefined;
  /** Runs that were lost, of all repetitions. */
  readonly lost: number;
  /** How many times as long as ours a run takes; undefined when we were not measured. */
  readonly timesOurs: number | undefined;
}

/** In the order of the cases, this program first. */
export function summarise(measurements: readonly Measurement[]): Summary[] {
  return CASES.flatMap(({ id }) => {
    const ofCase = Map.groupBy(
      measurements.filter((one) => one.case === id && one.contender !== 'cells-alone'),
      ({ contender }) => contender,
    );
    const ours = ofCase.get('ours');
    const oursPerRun = ours === undefined ? undefined : perRun(ours);
    return [...ofCase].map(([contender, some]) => ({
      case: id,
      contender,
      runs: some[0]?.runs ?? 0,
      repeats: some.length,
      wallMs: median(some.map(({ wallMs }) => wallMs)),
      cpuMs: median(some.map(({ cpuMs }) => cpuMs)),
      peakPssBytes: median(some.map(({ peakPssBytes }) => peakPssBytes)),
      mainPeakRssBytes: median(some.map(({ mainPeakRssBytes }) => mainPeakRssBytes)),
      firstCellMs: medianOfThere(some.map(({ firstCellMs }) => firstCellMs)),
      kernelsCpuMs: medianOfThere(some.map(({ kernelsCpuMs }) => kernelsCpuMs)),
      lost: some.reduce((sum, { runs, finished }) => sum + runs - finished, 0),
      timesOurs: oursPerRun === undefined ? undefined : perRun(some) / oursPerRun,
    }));
  });
}

function perRun(measurements: readonly Measurement[]): number {
  return median(measurements.map(({ wallMs, runs }) => wallMs / runs));
}

function medianOfThere(values: readonly (number | undefined)[]): number | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length === 0 ? undefined : median(there);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
    : (sorted[Math.floor(middle)] ?? NaN);
}
