import type { Value } from '../model.ts';
import { jsonFloat, jsonInteger } from './raw-number.ts';
import type { Json } from './types.ts';
import { stringifyJson, type Writable } from './write-json.ts';

/**
 * JSON text of a value of the configs file: keys in their own order, numbers as Python prints them (`1.0`, `1e-05`,
 * integers of any size), no final newline. NaN and the infinities, which JSON has not, are the strings "nan", "inf", "-inf".
 * `indent`: spaces per level; undefined = one line.
 */
export function valueJson(value: Value, indent?: number): string {
  return stringifyJson(writable(value), { indent, sortKeys: false }).slice(0, -1);
}

/** The same value for a notebook's metadata. */
export function valueToJson(value: Value): Json {
  if (typeof value === 'bigint') return jsonInteger(value);
  if (typeof value === 'number') return jsonFloat(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(valueToJson);
  // fromEntries defines properties, so that even the key `__proto__` is only a key.
  return Object.fromEntries([...value].map(([key, member]) => [key, valueToJson(member)]));
}

function writable(value: Value): Writable {
  if (typeof value === 'number') return jsonFloat(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(writable);
  return new Map([...value].map(([key, member]) => [key, writable(member)]));
}

function isList(value: readonly Value[] | ReadonlyMap<string, Value>): value is readonly Value[] {
  return Array.isArray(value);
}
