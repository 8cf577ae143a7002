import type { Value } from '../../model.ts';

/** The type that a language with typed lists gives a value, told apart as far as lists need it. */
export function typeOf(value: Value): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'bigint') return 'integer';
  return value instanceof Map ? 'object' : `list of ${elementType(value as readonly Value[]) ?? 'anything'}`;
}

/**
 * The one type of all elements; undefined when they differ or there are none. Where they differ, a typed list would
 * convert them: 1 beside 2.5 becomes 1.0, true beside 1 becomes 1.
 */
export function elementType(values: readonly Value[]): string | undefined {
  const [first, ...others] = values.map(typeOf);
  return others.every((each) => each === first) ? first : undefined;
}

/** Whether an integer, or all integers inside lists, fit in so many bits with a sign. */
export function fitsBits(value: Value, bits: number): boolean {
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value) === value;
  return !Array.isArray(value) || (value as readonly Value[]).every((each) => fitsBits(each, bits));
}
