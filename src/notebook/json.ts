import { visit } from 'jsonc-parser';
import { pythonFloat } from './python-numbers.ts';
import './raw-number.ts';
import type { Json } from './types.ts';

/** The text is not JSON; line and column (from 1) say where, when that can be told. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly place: { readonly line: number; readonly column: number } | undefined;

  constructor(message: string, options: ErrorOptions & { place: JsonSyntaxError['place'] }) {
    super(message, options);
    this.place = options.place;
  }
}

/**
 * Parses JSON without changing any number: what JavaScript would print otherwise than Python (`1.0`, `1e16`,
 * `123456789012345678901`) becomes a RawNumber. Also reads the `NaN` and `Infinity` that Python's json writes.
 * Throws JsonSyntaxError.
 */
export function parseJson(text: string): Json {
  try {
    return parseStrict(text);
  } catch (error) {
    const readable = withoutPythonLiterals(
      text,
      (literal) => PYTHON_LITERALS.get(literal)?.source ?? literal,
    );
    if (readable === text) throw syntaxError(text, error);
    try {
      return JSON.parse(readable, reviveNumber) as Json;
    } catch (second) {
      throw syntaxError(text, second);
    }
  }
}

// A reviver makes parsing eight times slower, so it runs only where a number that needs it may be. This also matches
// inside strings, which costs time but harms nothing.
const MAY_CHANGE = /(?:^|[[:,\s])-?(?:\d+\.0*(?=[,\]}\s]|$)|\d[\d.]*[eE]|0\.0000|\d{16})/;

function parseStrict(text: string): Json {
  return (MAY_CHANGE.test(text) ? JSON.parse(text, reviveNumber) : JSON.parse(text)) as Json;
}

/** Python literals in numbers that no document contains, so that the reviver can know them again. */
const PYTHON_LITERALS: ReadonlyMap<string, { readonly source: string; readonly value: number }> = new Map([
  ['NaN', { source: '1e7777777', value: NaN }],
  ['Infinity', { source: '1e8888888', value: Infinity }],
  ['-Infinity', { source: '1e9999999', value: -Infinity }],
]);
const PLACEHOLDERS = new Map([...PYTHON_LITERALS.values()].map(({ source, value }) => [source, value]));

function reviveNumber(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value;
  const { source } = context;
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : JSON.rawJSON(source);
  if (!Number.isFinite(value)) return PLACEHOLDERS.get(source) ?? JSON.rawJSON(source);
  const text = pythonFloat(value);
  return text === String(value) ? value : JSON.rawJSON(text);
}

function withoutPythonLiterals(text: string, replace: (literal: string) => string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  const parts: string[] = [];
  for (let position = 0; position < text.length;) {
    const quote = text.indexOf('"', position);
    const open = quote === -1 ? text.length : quote;
    const close = endOfString(text, open);
    parts.push(
      text.slice(position, open).replace(/-?\b(?:NaN|Infinity)\b/g, replace),
      text.slice(open, close),
    );
    position = close;
  }
  return parts.join('');
}

function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close === -1 ? text.length : close + 1;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text[position - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function syntaxError(text: string, cause: unknown): JsonSyntaxError {
  // V8 recurses when a reviver runs.
  if (cause instanceof RangeError) {
    return new JsonSyntaxError('it is nested too deeply', { cause, place: undefined });
  }
  // V8 adds a position or an excerpt, but not always: ours is always there.
  const excerpt = / in JSON at .*$|, (?:\.{3})?".*is not valid JSON$/s;
  const message = cause instanceof Error ? cause.message.replace(excerpt, '') : '';
  return new JsonSyntaxError(message, { cause, place: firstError(text) });
}

function firstError(text: string): JsonSyntaxError['place'] {
  let place: JsonSyntaxError['place'];
  const onError = (_code: number, _offset: number, _length: number, line: number, column: number) => {
    place ??= { line: line + 1, column: column + 1 };
  };
  try {
    // Python's literals are no errors; numbers of the same length keep every other place.
    const numbers = withoutPythonLiterals(text, (literal) => '1'.repeat(literal.length));
    visit(numbers, { onError }, { disallowComments: true });
  } catch {
    return undefined; // so deeply nested that the second opinion gives up too
  }
  return place;
}
