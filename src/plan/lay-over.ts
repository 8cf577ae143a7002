import type { ConfigEntry, Matrix, Parameters, Place, Value } from '../model.ts';
import type { Problem } from '../errors.ts';
import { type Expansion, expandMatrix, MAX_COMBINATIONS, pointerPart, tooMany } from './expand-matrix.ts';
import { pythonRepr } from './python-text.ts';
import { sameValue } from './same-value.ts';

/** What the input `parameters` is called where a problem stands in it. */
const INPUT = 'input parameters';

/**
 * The combinations of an entry with the batch's parameters laid over its matrix. A list sweeps: it replaces the
 * values of a dimension of that name, or multiplies the combinations. A single value replaces a dimension's values
 * too. `include` objects for values that are replaced go with them. Without any sweep: one empty combination.
 */
export function combinationsOf(entry: ConfigEntry, overrides: Parameters): Expansion {
  const base = entry.matrix === undefined ? ONE : expandOverridden(entry.matrix, overrides);
  let { combinations } = base;
  for (const [name, value] of overrides) {
    if (!isList(value) || entry.matrix?.dimensions.has(name)) continue;
    const size = combinations.length * value.length;
    if (size > MAX_COMBINATIONS) {
      return { combinations: [], problems: [{ pointer: '', message: tooMany(size) }] };
    }
    combinations = combinations.flatMap((before) => value.map((each) => new Map(before).set(name, each)));
  }
  return { combinations, problems: base.problems };
}

const ONE: Expansion = { combinations: [new Map()], problems: [] };

function expandOverridden(matrix: Matrix, overrides: Parameters): Expansion {
  const dimensions = new Map(matrix.dimensions);
  for (const [name, value] of overrides) {
    if (dimensions.has(name)) dimensions.set(name, isList(value) ? value : [value]);
  }
  const includes = matrix.include
    .filter((object) => !namesReplacedValue(object, { dimensions, overrides }))
    .map((object) => ({ object, rest: without(object, { dimensions, overrides }) }));
  const changed = includes.some(({ object, rest }) => rest.size < object.size);
  const include = includes
    .filter(({ object, rest }) => rest.size > 0 || object.size === 0)
    .map(({ rest }) => rest);

  // An include that only set what is now set for every run: in a matrix without dimensions it still is a run.
  const bare = dimensions.size === 0 && include.length < includes.length;
  if (bare && include.length === 0) return ONE;
  const { combinations, problems } = expandMatrix({ ...matrix, dimensions, include });
  const all = bare ? [new Map<string, Value>(), ...combinations] : combinations;
  return { combinations: changed ? distinct(all) : all, problems };
}

interface Laid {
  readonly dimensions: Matrix['dimensions'];
  readonly overrides: Parameters;
}

function namesReplacedValue(object: Parameters, { dimensions, overrides }: Laid): boolean {
  return [...object].some(
    ([key, value]) =>
      overrides.has(key) && dimensions.get(key)?.some((each) => sameValue(each, value)) === false,
  );
}

function without(object: Parameters, { dimensions, overrides }: Laid): Parameters {
  return new Map([...object].filter(([key]) => dimensions.has(key) || !overrides.has(key)));
}

function distinct(combinations: readonly Parameters[]): Parameters[] {
  return [...new Map(combinations.map((combination) => [pythonRepr(combination), combination])).values()];
}

/** The values of a run by plain name: the entry's, then its combination's, then the batch's; order of first mention. */
export function valuesOf(entry: ConfigEntry, combination: Parameters, overrides: Parameters): Parameters {
  const single = [...overrides].filter(([, value]) => !isList(value));
  return new Map([...entry.parameters, ...combination, ...single]);
}

/** A list that sweeps over nothing, and the other parameters. */
export function usableOverrides(parameters: Parameters): { overrides: Parameters; problems: Problem[] } {
  const overrides = new Map<string, Value>();
  const problems: Problem[] = [];
  for (const [name, value] of parameters) {
    if (!isList(value) || value.length > 0) {
      overrides.set(name, value);
      continue;
    }
    const message = `"${name}" is an empty list, which sweeps over nothing. List values, or write [[]] for an empty list as the value.`;
    problems.push({ file: INPUT, pointer: `/${pointerPart(name)}`, message });
  }
  return { overrides, problems };
}

/**
 * In the `config` form, what a sweep or the batch changes although we have used it already: the notebook would be
 * told something else than what was done.
 */
export function* variedOwnKeys(entry: ConfigEntry, overrides: Parameters): Generator<Problem> {
  if (entry.form !== 'config') return;
  const included = entry.matrix?.include ?? [];
  for (const name of OWN_KEYS) {
    const varied =
      overrides.has(name) || entry.matrix?.dimensions.has(name) || included.some((each) => each.has(name));
    if (!varied) continue;
    const message = `"${name}" of "${entry.name}" cannot be varied: it says what runs, or where the result goes. Write one entry for each.`;
    yield { ...placeOfParameter(entry, [name], overrides), message };
  }
}

const OWN_KEYS = ['notebook', 'output_label'];

/** Where a parameter was written, or with more keys in the path what lies below it. */
export function placeOfParameter(
  entry: ConfigEntry,
  [name, ...below]: readonly [string, ...(string | number)[]],
  overrides: Parameters,
): Place {
  const part = pointerPart(name);
  if (overrides.has(name)) return { file: INPUT, pointer: `/${part}` };
  if (entry.matrix?.dimensions.has(name)) return entry.at(`/matrix/${part}`);
  const index = entry.matrix?.include.findIndex((object) => object.has(name)) ?? -1;
  if (index >= 0) return entry.at(`/matrix/include/${index}/${part}`);
  const pointer = [part, ...below.map((key) => pointerPart(String(key)))].join('/');
  return entry.at(entry.form === 'config' ? `/${pointer}` : `/parameters/${pointer}`);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
