import type { Value } from '../model.ts';

/** Whether two values are the same, all the way down. `1` and `1.0` are, as in JSON; `1` and `"1"` or `true` are not. */
export function sameValue(a: Value, b: Value): boolean {
  return compare(a, b, 'whole');
}

/**
 * Whether a value of `include` or `exclude` means the matrix value: of an object, only the keys that the pattern
 * names are compared, as GitHub does. Unlike GitHub, which compares as its `==` does, strings differ by case and
 * `"1"` is not `1`, and `[64]` does not stand for every list that begins with 64: parameters are data.
 */
export function matchesPattern(pattern: Value, value: Value): boolean {
  return compare(pattern, value, 'pattern');
}

function compare(a: Value, b: Value, mode: 'whole' | 'pattern'): boolean {
  if (isNumber(a) && isNumber(b)) {
    // Between bigint and number, == compares exactly, without rounding the integer.
    return a == b || (Number.isNaN(a) && Number.isNaN(b));
  }
  if (a instanceof Map) {
    if (!(b instanceof Map) || (mode === 'whole' && a.size !== b.size)) return false;
    const other = b as ReadonlyMap<string, Value>;
    return [...(a as ReadonlyMap<string, Value>)].every(([key, value]) => {
      const counterpart = other.get(key);
      return counterpart !== undefined && compare(value, counterpart, mode);
    });
  }
  if (Array.isArray(a)) {
    const items = a as readonly Value[];
    return (
      Array.isArray(b) &&
      items.length === b.length &&
      items.every((item, index) => compare(item, (b as readonly Value[])[index] ?? null, mode))
    );
  }
  return a === b;
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
