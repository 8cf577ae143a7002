import type { Value } from '../../src/model.ts';

const TOKEN =
  /\s*(?:([{}[\],:])|("(?:\\.|[^"\\])*")|(-?\d+)(?![\d.eE])|(-?[\d.]+(?:[eE][+-]?\d+)?|NaN|-?Infinity)|(\w+))/gy;

/** JSON text as Python's json module reads it: integers of any size, 1.0 a float, NaN and the infinities, keys in order. */
export function jsonValue(text: string): Value {
  const tokens = Array.from(text.matchAll(TOKEN));
  let next = 0;
  const take = () => tokens[next++] ?? [];
  const parse = (): Value => {
    const [, sign, string, integer, float, word] = take();
    if (string !== undefined) return JSON.parse(string) as string;
    if (integer !== undefined) return BigInt(integer);
    if (float !== undefined) return Number(float);
    if (word !== undefined) return JSON.parse(word) as boolean | null;
    return sign === '[' ? parseList() : parseObject();
  };
  const closes = (sign: string): boolean => {
    if (tokens[next]?.[1] === ',') next += 1;
    if (tokens[next]?.[1] !== sign) return false;
    next += 1;
    return true;
  };
  const parseList = (): Value => {
    const items: Value[] = [];
    while (!closes(']')) items.push(parse());
    return items;
  };
  const parseObject = (): Value => {
    const members = new Map<string, Value>();
    while (!closes('}')) {
      const key = JSON.parse(take()[2] ?? '') as string;
      take();
      members.set(key, parse());
    }
    return members;
  };
  return parse();
}

/** The parameters that a JSON object holds. */
export function parametersOf(text: string): ReadonlyMap<string, Value> {
  const value = jsonValue(text);
  if (value instanceof Map) return value as ReadonlyMap<string, Value>;
  throw new Error(`not an object: ${text}`);
}
