import type { LocatedEntry, LocatedNode, LocatedObject } from './located-node.ts';
import { childOf } from './located-node.ts';

/** Objects that defaults fill key by key; in all others the entry's value replaces the default. */
interface Filled {
  readonly [key: string]: Filled;
}
const FILLED: Filled = { parameters: {}, run: { env: {} } };

/**
 * The entry with the defaults under it: its own keys first, in file order, each value still at its place in the file.
 * `known` are the keys that mean something in every form; other defaults are for entries of the `config` form.
 */
export function mergeDefaults(
  entry: LocatedObject,
  defaults: LocatedObject | undefined,
  known: readonly string[],
): LocatedObject {
  if (defaults === undefined) return entry;
  const parametersForm = childOf(entry, 'parameters') ?? childOf(defaults, 'parameters');
  const wanted = defaults.entries.filter(({ key }) => parametersForm === undefined || known.includes(key));
  return fill(entry, { ...defaults, entries: wanted }, FILLED);
}

function fill(object: LocatedObject, defaults: LocatedObject, filled: Filled): LocatedObject {
  const own = object.entries.map((entry): LocatedEntry => {
    const inner = Object.hasOwn(filled, entry.key) ? filled[entry.key] : undefined;
    const under = childOf(defaults, entry.key);
    if (inner === undefined || under === undefined) return entry;
    return { ...entry, value: fillValue(entry.value, under, inner) };
  });
  const ownKeys = new Set(own.map((entry) => entry.key));
  return { ...object, entries: [...own, ...defaults.entries.filter((entry) => !ownKeys.has(entry.key))] };
}

function fillValue(value: LocatedNode, under: LocatedNode, inner: Filled): LocatedNode {
  return value.kind === 'object' && under.kind === 'object' ? fill(value, under, inner) : value;
}
