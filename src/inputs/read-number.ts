/** Number literals of JSON as Python's `json` reads them: an integer is exact, a fraction or exponent makes a float. */

/** Python refuses to read longer integers. https://docs.python.org/3/library/stdtypes.html#int-max-str-digits */
export const MAX_INTEGER_DIGITS = 4300;

export type NumberReading =
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'unreadable'; readonly message: string };

// Python's json accepts and writes these three, so files made by it have them.
const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

export function readJsonNumber(literal: string): NumberReading {
  const notFinite = NOT_FINITE.get(literal);
  if (notFinite !== undefined) return { kind: 'float', value: notFinite };
  if (/^-?(?:0|[1-9]\d*)$/.test(literal)) return readInteger(literal, () => BigInt(literal));
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(literal)) {
    return { kind: 'unreadable', message: `${literal} is not a number. Write it like 1, 0.5 or 1e-3.` };
  }
  return readFloat(literal, Number(literal), literal.startsWith('-') ? '-Infinity' : 'Infinity');
}

export function readInteger(literal: string, value: () => bigint): NumberReading {
  const digits = literal.replace(/^[-+]/, '').length;
  if (digits <= MAX_INTEGER_DIGITS) return { kind: 'int', value: value() };
  const message = `the integer has ${digits} digits, and Python reads at most ${MAX_INTEGER_DIGITS}. Quote it.`;
  return { kind: 'unreadable', message };
}

/** `infinity` is how the format writes the value that the literal overflows to. */
export function readFloat(literal: string, value: number, infinity: string): NumberReading {
  if (Number.isFinite(value)) return { kind: 'float', value };
  const message = `${literal} is larger than a float can be. Quote it ("${literal}") or write ${infinity}.`;
  return { kind: 'unreadable', message };
}
