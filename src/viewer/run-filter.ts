import type { ReportRun } from '../report/html-data.ts';
import { statusText, toneOf, type Tone } from './status.ts';
import { compareValues, parameterOf } from './sweeps.ts';

/** What a reader wants to see of the table. */
export interface TableState {
  /** Words that all have to be found in the name, the status, the error or a parameter. */
  readonly words: string;
  readonly tone: Tone | undefined;
  /** Parameter → the one value that is shown. */
  readonly values: ReadonlyMap<string, string>;
  readonly sort: SortKey;
  readonly isDescending: boolean;
}

/** `plan`: failures first, else in plan order. `=name`: by a parameter. */
export type SortKey = 'plan' | 'name' | 'status' | 'duration' | `=${string}`;

export const UNTOUCHED: TableState = {
  words: '',
  tone: undefined,
  values: new Map(),
  sort: 'plan',
  isDescending: false,
};

/** The runs to show, in their order. */
export function visibleRuns(runs: readonly ReportRun[], state: TableState): readonly ReportRun[] {
  const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = runs.filter(
    (run) =>
      (state.tone === undefined || toneOf(run.status) === state.tone) &&
      [...state.values].every(([name, value]) => parameterOf(run, name) === value) &&
      words.every((word) => searchText(run).includes(word)),
  );
  const direction = state.isDescending ? -1 : 1;
  // The sort is stable: equals stay in plan order.
  return kept.toSorted((one, other) => direction * order(one, other, state.sort));
}

function order(one: ReportRun, other: ReportRun, key: SortKey): number {
  switch (key) {
    case 'plan':
    case 'status':
      return TONES.indexOf(toneOf(one.status)) - TONES.indexOf(toneOf(other.status));
    case 'name':
      return one.name.localeCompare(other.name, 'en', { numeric: true });
    case 'duration':
      return one.durationMs - other.durationMs;
    default:
      return compareValues(parameterOf(one, key.slice(1)), parameterOf(other, key.slice(1)));
  }
}

const TONES: readonly Tone[] = ['failed', 'passed', 'skipped'];

const texts = new WeakMap<ReportRun, string>();

function searchText(run: ReportRun): string {
  const kept = texts.get(run);
  if (kept !== undefined) return kept;
  const parameters = run.parameters.map(([name, value]) => `${name}=${value}`);
  const parts = [
    run.name,
    run.notebook,
    statusText(run.status),
    run.error?.ename,
    run.error?.evalue,
    ...parameters,
  ];
  const text = parts.join('\n').toLowerCase();
  texts.set(run, text);
  return text;
}
