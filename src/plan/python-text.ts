import type { Value } from '../model.ts';
import { pythonFloat } from '../notebook/python-numbers.ts';

/** The text that Python's `str()` gives a value: `1.0`, `1e-05`, `True`, `None`, `[64, 'a']`. */
export function pythonText(value: Value): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** The text that Python's `repr()` gives a value: as `str()`, with strings in quotes. */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonFloat(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Map) {
    const members = [...(value as ReadonlyMap<string, Value>)];
    return `{${members.map(([key, member]) => `${quoted(key)}: ${pythonRepr(member)}`).join(', ')}}`;
  }
  return `[${(value as readonly Value[]).map(pythonRepr).join(', ')}]`;
}

/** The values inside lists and objects, in order: what GitHub shows of a matrix value in a job's name. */
export function leaves(value: Value): Value[] {
  if (value === null || typeof value !== 'object') return [value];
  const inner =
    value instanceof Map ? [...(value as ReadonlyMap<string, Value>).values()] : (value as readonly Value[]);
  return inner.flatMap(leaves);
}

/** Everything that Python's `str.isprintable` refuses, the space excepted. */
const UNPRINTABLE = /[\p{C}\p{Z}]/gu;

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(UNPRINTABLE, (character) => (character === ' ' ? ' ' : hexEscape(character)));
  return quote + escaped + quote;
}

/** `\x07`, `\u2028` or `\U000e0001`. */
export function hexEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
