import type { Value } from '../model.ts';
import { MAX_INTEGER_DIGITS } from './read-number.ts';

const WORDS: ReadonlyMap<string, Value> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * The value of `-p NAME VALUE`, typed as papermill's `_resolve_type` does: True, False or None, else what Python's
 * int() reads, else what its float() reads, else the text itself.
 */
export function parsePapermillValue(text: string): Value {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const literal = asciiDigits(text).replace(PYTHON_SPACE_AROUND, '');
  return pythonInt(literal) ?? pythonFloat(literal) ?? text;
}

// What int() and float() strip, which is not what \s matches.
const SPACE = '[\\t-\\r\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const PYTHON_SPACE_AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');

const DIGITS = '\\d+(?:_\\d+)*';
const INT = new RegExp(`^[+-]?${DIGITS}$`);
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);
const NOT_FINITE = /^([+-]?)(inf(?:inity)?|nan)$/i;

function pythonInt(literal: string): bigint | undefined {
  if (!INT.test(literal)) return undefined;
  const digits = literal.replaceAll('_', '');
  return digits.replace(/^[+-]/, '').length > MAX_INTEGER_DIGITS ? undefined : BigInt(digits);
}

function pythonFloat(literal: string): number | undefined {
  if (FLOAT.test(literal)) return Number(literal.replaceAll('_', ''));
  const [, sign, word] = NOT_FINITE.exec(literal) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === 'nan') return NaN;
  return sign === '-' ? -Infinity : Infinity;
}

/** Python's int() and float() read the decimal digits of every script. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    // Unicode encodes every set of digits as ten code points in a row; sets may touch, hence the remainder.
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}
