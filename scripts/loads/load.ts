import { forget, type Measured, type Sample } from './measured-batch.ts';

/** One load: what it is, and what was measured of it, in a line. */
export interface Load {
  readonly title: string;
  readonly run: (python: string) => Promise<Outcome>;
}

export interface Outcome {
  readonly held: boolean;
  readonly figures: string;
}

export type Loads = Readonly<Record<string, Load>>;

/** A batch of so many runs of one notebook, told apart by `n`. */
export function many(count: number, notebook: object): Record<string, unknown> {
  const runs = Array.from({ length: count }, (_, n) => [
    `r${n}`,
    { notebook: 'nb.ipynb', parameters: { n } },
  ]);
  return { 'nb.ipynb': notebook, 'configs.json': Object.fromEntries(runs) as object };
}

/** What a load may take. */
export interface Bounds {
  readonly seconds?: number;
  readonly ownBytes?: number;
  readonly serverBytes?: number;
  readonly allBytes?: number;
}

export function within(measured: Measured, bounds: Bounds): boolean {
  const { seconds = Infinity, ownBytes = Infinity, serverBytes = Infinity, allBytes = Infinity } = bounds;
  return (
    measured.wallMs <= seconds * 1000 &&
    peak(measured, 'ownBytes') <= ownBytes &&
    peak(measured, 'serverBytes') <= serverBytes &&
    peak(measured, 'allBytes') <= allBytes
  );
}

export async function told(measured: Measured, held: boolean, more?: string): Promise<Outcome> {
  const passed = measured.runs.filter(({ status }) => status === 'passed').length;
  const figures = [
    `${seconds(measured.wallMs)}, ${passed} of ${measured.runs.length} passed`,
    ...(more === undefined ? [] : [more]),
    `most memory: ours ${megabytes(peak(measured, 'ownBytes'))}, server ${megabytes(peak(measured, 'serverBytes'))}, all ${megabytes(peak(measured, 'allBytes'))}`,
    `${measured.leftovers} left behind`,
  ];
  await forget(measured);
  return { held: held && measured.leftovers === 0, figures: figures.join('; ') };
}

export function allPassed({ runs, status }: Measured): boolean {
  return status === 0 && runs.every((run) => run.status === 'passed');
}

export type Measure = Exclude<keyof Sample, 'atMs'>;

export function peak({ samples }: Measured, of: Measure): number {
  return Math.max(0, ...samples.map((sample) => sample[of] ?? 0));
}

/** From the first quarter of the time to the last. */
export function growthOf({ samples }: Measured, of: Measure): number {
  const quarter = Math.floor(samples.length / 4);
  const most = (some: readonly Sample[]): number => Math.max(...some.map((sample) => sample[of] ?? 0));
  return most(samples.slice(3 * quarter)) - most(samples.slice(0, quarter));
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
