import type { ReportRun } from '../report/html-data.ts';

/** Runs of one notebook with the same parameters: one template, many instances. */
export interface Sweep {
  /** For addresses: stays the same when the report is rebuilt. */
  readonly key: string;
  readonly notebook: string;
  /** Ordered by the parameters that vary, numbers as numbers. */
  readonly runs: readonly ReportRun[];
  /** Parameters whose values differ among the runs, in the order of the runs' own. */
  readonly varies: readonly string[];
}

/** The groups of two and more runs that are worth comparing, in plan order. */
export function sweepsOf(runs: readonly ReportRun[]): readonly Sweep[] {
  const groups = new Map<string, ReportRun[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.notebook, run.parameters.map(([name]) => name).sort()]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const keys = new Map<string, number>();
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const notebook = group[0]?.notebook ?? '';
      const count = (keys.get(notebook) ?? 0) + 1;
      keys.set(notebook, count);
      const varies = varying(group);
      const ordered = ordering(group, varies);
      return { key: count === 1 ? notebook : `${notebook} (${count})`, notebook, varies, runs: ordered };
    });
}

/** Names of the parameters that do not have one and the same value in all runs. */
export function varying(runs: readonly ReportRun[]): readonly string[] {
  const values = new Map<string, Set<string | undefined>>();
  for (const run of runs) {
    for (const [name] of run.parameters) values.set(name, values.get(name) ?? new Set());
  }
  for (const [name, seen] of values) for (const run of runs) seen.add(parameterOf(run, name));
  return [...values].filter(([, seen]) => seen.size > 1).map(([name]) => name);
}

/** The runs by the values of these parameters, the first one first. */
export function ordering(runs: readonly ReportRun[], names: readonly string[]): readonly ReportRun[] {
  return runs.toSorted((one, other) => {
    for (const name of names) {
      const order = compareValues(parameterOf(one, name), parameterOf(other, name));
      if (order !== 0) return order;
    }
    return 0;
  });
}

export function parameterOf(run: ReportRun, name: string): string | undefined {
  return run.parameters.find(([key]) => key === name)?.[1];
}

/** Numbers by size and before texts; nothing comes last. */
export function compareValues(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  const [a, b] = [Number(one), Number(other)];
  if (one !== '' && other !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
  return one < other ? -1 : 1;
}

/** What tells a run from the others: `alpha 1.0 · degree 2`, or its name. */
export function runCaption(run: ReportRun, varies: readonly string[]): string {
  const values = varies.map((name) => [name, parameterOf(run, name)] as const);
  if (varies.length === 0 || varies.length > 3 || values.some(([, value]) => (value ?? '').length > 30))
    return run.name;
  return values.map(([name, value]) => `${name} ${value ?? '–'}`).join(' · ');
}
