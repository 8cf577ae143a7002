import type { Problem } from '../errors.ts';
import type { ConfigEntry, Parameters, Value } from '../model.ts';
import { combinationsOf } from './lay-over.ts';
import { leaves, pythonRepr, pythonText } from './python-text.ts';

/** A run that has its name and its values, before anything was read. */
export interface NamedRun {
  /** The entry's name; of a sweep with the values behind it, as GitHub names matrix jobs: `sweep (0.01, 1)`. */
  readonly name: string;
  readonly entry: ConfigEntry;
  /** What the sweep sets, empty without one. */
  readonly combination: Parameters;
  /** The values that stand in the name. */
  readonly namedBy: readonly Value[];
  /** What is wrong with the entry's matrix; the run then stands for the whole entry. */
  readonly problems: readonly Problem[];
}

/** All runs of the entries, in order, with the batch's parameters laid over their sweeps. */
export function nameRuns(entries: readonly ConfigEntry[], overrides: Parameters): NamedRun[] {
  return entries.flatMap((entry) => {
    const { combinations, problems } = combinationsOf(entry, overrides);
    if (problems.length > 0) {
      const placed = problems.map(({ pointer, message }) => ({ ...entry.at(pointer), message }));
      return [{ name: entry.name, entry, combination: new Map(), namedBy: [], problems: placed }];
    }
    return nameCombinations({ entry, overrides, combinations });
  });
}

interface Sweep {
  readonly entry: ConfigEntry;
  readonly overrides: Parameters;
  readonly combinations: readonly Parameters[];
}

/**
 * GitHub shows the values of the matrix itself, not what `include` adds to them, as bare text. Where that names two
 * combinations alike, all values are shown, and then as Python writes them, which tells 1 from "1".
 */
function nameCombinations({ entry, overrides, combinations }: Sweep): NamedRun[] {
  const dimensions = [...(entry.matrix?.dimensions.keys() ?? [])];
  const own = (combination: Parameters): Value[] => {
    const whole = dimensions.length === 0 || !dimensions.every((name) => combination.has(name));
    return [...combination]
      .filter(([name]) => whole || dimensions.includes(name) || overrides.has(name))
      .map(([, value]) => value);
  };
  const every = (combination: Parameters): Value[] => [...combination.values()];
  const ways: ((combination: Parameters) => { namedBy: Value[]; texts: string[] })[] = [
    (combination) => ({ namedBy: own(combination), texts: own(combination).flatMap(leaves).map(shownText) }),
    (combination) => ({
      namedBy: every(combination),
      texts: every(combination).flatMap(leaves).map(shownText),
    }),
    (combination) => ({ namedBy: every(combination), texts: every(combination).map(pythonRepr) }),
  ];
  let runs: NamedRun[] = [];
  for (const way of ways) {
    runs = combinations.map((combination) => {
      const { namedBy, texts } = way(combination);
      const name = texts.length === 0 ? entry.name : `${entry.name} (${texts.join(', ')})`;
      return { name, entry, combination, namedBy, problems: [] };
    });
    if (new Set(runs.map(({ name }) => name)).size === runs.length) return runs;
  }
  return runs;
}

/** A name is read in tables and logs: a long value is only begun. */
const MAX_VALUE_CHARS = 60;

function shownText(value: Value): string {
  if (value === '') return "''";
  const text = Array.from(pythonText(value));
  return text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS - 1).join('')}…` : text.join('');
}
