import { jsonFloatText, isRawNumber } from './raw-number.ts';
import type { RawNumber } from './types.ts';

/** What can be written: JSON, integers of any size, maps in their own order, lists made only when they are written. */
export type Writable =
  | null
  | boolean
  | number
  | bigint
  | string
  | RawNumber
  | (() => Iterable<Writable>)
  | readonly Writable[]
  | ReadonlyMap<string, Writable>
  | { readonly [key: string]: Writable };

export interface JsonLayout {
  /** Spaces per level; undefined = everything on one line. */
  readonly indent: number | undefined;
  /** Objects with their keys by code point, as Python sorts them; maps always keep their order. */
  readonly sortKeys: boolean;
  /** Told how often half of a surrogate pair, which UTF-8 cannot hold, was replaced by U+FFFD in a text. */
  readonly onRepair?: () => void;
}

/** `json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, separators=(',', ': '))` */
export const NBFORMAT_LAYOUT: JsonLayout = { indent: 1, sortKeys: true };

// Large enough to make writing cheap, far below V8's longest string (about 512 MB).
const PIECE_CHARS = 64 * 1024;

/** The JSON text in pieces, so that a notebook may be longer than one string. Any depth of nesting is fine. */
export function* writeJson(value: Writable, layout: JsonLayout = NBFORMAT_LAYOUT): Generator<string, void> {
  const { indent } = layout;
  const newline = (depth: number) => (indent === undefined ? '' : `\n${' '.repeat(depth * indent)}`);
  const comma = indent === undefined ? ', ' : ',';
  const open: Container[] = [];
  let text = '';

  let current = value;
  for (;;) {
    const container = containerOf(current, layout);
    if (container) {
      text += container.opening;
      open.push(container);
    } else if (typeof current === 'string' && current.length > PIECE_CHARS) {
      yield text;
      yield* quoteByPieces(current, layout);
      text = '';
    } else {
      text += scalarText(current as Scalar, layout);
    }

    let next: Member | undefined;
    for (let top = open.at(-1); top && !next; top = open.at(-1)) {
      next = top.members.next().value ?? undefined;
      if (next) {
        text += (top.empty ? '' : comma) + newline(open.length) + next.label;
        top.empty = false;
      } else {
        open.pop();
        text += top.empty ? top.closing : newline(open.length) + top.closing;
      }
    }
    if (!next) break;
    current = next.value;
    if (text.length >= PIECE_CHARS) {
      yield text;
      text = '';
    }
  }
  yield text;
}

/** One whole text with a final newline, as nbformat's `write` leaves it. */
export function stringifyJson(value: Writable, layout: JsonLayout = NBFORMAT_LAYOUT): string {
  return [...writeJson(value, layout), '\n'].join('');
}

type Scalar = null | boolean | number | bigint | string | RawNumber;
interface Member {
  readonly label: string;
  readonly value: Writable;
}
interface Container {
  readonly opening: string;
  readonly closing: string;
  readonly members: Iterator<Member, void>;
  empty: boolean;
}

function containerOf(value: Writable, layout: JsonLayout): Container | undefined {
  if (typeof value === 'function') return list(value());
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return undefined;
  if (isList(value)) return list(value);
  const entries =
    value instanceof Map ? [...(value as ReadonlyMap<string, Writable>)] : Object.entries(value);
  if (layout.sortKeys && !(value instanceof Map)) entries.sort(([a], [b]) => compareCodePoints(a, b));
  return { opening: '{', closing: '}', members: labelled(entries, layout), empty: true };
}

// Array.isArray does not narrow readonly arrays.
function isList(value: object): value is readonly Writable[] {
  return Array.isArray(value);
}

function list(values: Iterable<Writable>): Container {
  return { opening: '[', closing: ']', members: unlabelled(values), empty: true };
}

function* unlabelled(values: Iterable<Writable>): Generator<Member, void> {
  for (const value of values) yield { label: '', value };
}

function* labelled(entries: Iterable<[string, Writable]>, layout: JsonLayout): Generator<Member, void> {
  for (const [key, value] of entries) yield { label: `${quote(key, layout)}: `, value };
}

function scalarText(value: Scalar, layout: JsonLayout): string {
  if (typeof value === 'string') return quote(value, layout);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value !== 'object') return String(value);
  return value.rawJSON;
}

function numberText(value: number): string {
  // From 1e21 on both languages print a float with an exponent, and parseJson leaves it a plain number.
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : jsonFloatText(value);
}

function quote(text: string, { onRepair }: JsonLayout): string {
  if (text.isWellFormed()) return JSON.stringify(text);
  onRepair?.();
  return JSON.stringify(text.toWellFormed());
}

function* quoteByPieces(text: string, layout: JsonLayout): Generator<string, void> {
  yield '"';
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + PIECE_CHARS, text.length);
    if (isHighSurrogate(text.charCodeAt(end - 1)) && end < text.length) end++;
    yield quote(text.slice(start, end), layout).slice(1, -1);
    start = end;
  }
  yield '"';
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** JavaScript compares UTF-16 units, which puts 😀 before ﬀ; Python compares code points. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for the highest code points, behind all other units. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
