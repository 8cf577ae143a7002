import type { RunResult } from '../model.ts';
import { STATUS_WORDS } from './status-words.ts';

/** Runs that failed alike, in plan order; the first speaks for all. */
export type FailureGroup<T> = readonly [T, ...T[]];

/**
 * The runs that failed, those together that failed alike: at one place of one notebook with one kind of error. What ended by an
 * error of its own comes before what was cancelled because of it.
 */
export function failureGroups<T extends { readonly result: RunResult }>(
  runs: readonly T[],
): readonly FailureGroup<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const run of runs) {
    const { result } = run;
    if (STATUS_WORDS[result.status].counts !== 'failed') continue;
    const key = likeness(result);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  const all = [...groups.values()];
  return [
    ...all.filter(([{ result }]) => result.error !== undefined),
    ...all.filter(([{ result }]) => result.error === undefined),
  ];
}

/** At one place and of one kind, whatever the message says; an error without a place is its message. */
function likeness({ status, error, run }: RunResult): string {
  if (error === undefined) return JSON.stringify([status]);
  const place = error.cellIndex === undefined ? error.evalue : [error.cellIndex, error.line];
  return JSON.stringify([status, run.notebookPath, error.ename, place]);
}
