import type { Parameters, Value } from '../model.ts';
import { shownParameters, valueText } from './parameters-text.ts';
import type { RunDigest } from './publication.ts';

/** Runs that are read side by side: of one notebook, and of one sweep where there are sweeps. */
export interface RunFamily {
  /** In plan order. */
  readonly runs: readonly RunDigest[];
  /** The parameters whose values differ between these runs; of a sweep those it varies come first. */
  readonly varying: readonly string[];
  /** Names of the numbers that these notebooks end with, besides the parameters themselves. */
  readonly numbers: readonly string[];
}

const MAX_NUMBERS = 4;

/** In the order of their first runs. */
export function runFamilies(runs: readonly RunDigest[]): readonly RunFamily[] {
  const families = new Map<string, RunDigest[]>();
  for (const digest of runs) {
    const { notebookPath, varies } = digest.result.run;
    const key = JSON.stringify([notebookPath, varies]);
    const family = families.get(key);
    if (family === undefined) families.set(key, [digest]);
    else family.push(digest);
  }
  return [...families.values()].map(family);
}

/** Undefined where a run does not have the parameter. */
export function valueOf({ result }: RunDigest, name: string): Value | undefined {
  return shownParameters(result.run.parameters).get(name);
}

function family(runs: readonly RunDigest[]): RunFamily {
  const parameters = runs.map(({ result }) => shownParameters(result.run.parameters));
  const asked = runs[0]?.result.run.varies ?? [];
  const names = new Set([...asked, ...parameters.flatMap((each) => [...each.keys()])]);
  const varying = [...names].filter((name) => differs(name, parameters));
  const numbers = new Set(runs.flatMap((run) => [...run.numbers.keys()]));
  const own = [...numbers].filter((name) => !names.has(name)).slice(0, MAX_NUMBERS);
  return { runs, varying, numbers: own };
}

function differs(name: string, parameters: readonly Parameters[]): boolean {
  const first = written(parameters[0], name);
  return parameters.some((each) => written(each, name) !== first);
}

function written(parameters: Parameters | undefined, name: string): string | undefined {
  const value = parameters?.get(name);
  return value === undefined ? undefined : `${typeof value} ${valueText(value)}`;
}
