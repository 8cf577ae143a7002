import { pythonFloat } from './python-numbers.ts';
import type { Json, RawNumber } from './types.ts';

declare global {
  // In Node 24 but not yet in TypeScript's library: https://github.com/tc39/proposal-json-parse-with-source
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/** True for a number kept as text; false for an object that merely has a key `rawJSON`. */
export function isRawNumber(value: unknown): value is RawNumber {
  return JSON.isRawJSON(value);
}

/** A Python float as JSON: a plain number where both languages print the same text, else the text Python prints. */
export function jsonFloat(value: number): Json {
  const text = jsonFloatText(value);
  return text === String(value) || text.startsWith('"') ? (JSON.parse(text) as Json) : JSON.rawJSON(text);
}

/** An integer of any size as JSON. */
export function jsonInteger(value: bigint): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : JSON.rawJSON(value.toString());
}

/**
 * JSON text of a float. JSON has no NaN and no infinities: they become the strings "nan", "inf" and "-inf", which
 * is what jupyter_client makes of them in messages and what Python's `float()` reads.
 */
export function jsonFloatText(value: number): string {
  const text = pythonFloat(value);
  return Number.isFinite(value) ? text : `"${text}"`;
}
