import type { Value } from '../model.ts';
import '../notebook/raw-number.ts';

/** What no value of a configs file needs. */
const DEEPEST_VALUE = 50;
const MOST_DIGITS = 1_000;

/** What is wrong with a JSON text, and where. */
export class JsonRefusal extends Error {}

/** Reads a JSON text, to be taken apart with its values checked one by one. Throws JsonRefusal. */
export function readJsonText(text: string): JsonReader {
  try {
    return new JsonReader(JSON.parse(text, exactNumber), '');
  } catch (error) {
    // V8 recurses when a reviver runs.
    if (error instanceof SyntaxError || error instanceof RangeError) {
      throw new JsonRefusal('it is not JSON', { cause: error });
    }
    throw error;
  }
}

/** `1` is an integer and `1.0` is not, whatever JavaScript makes of them. */
function exactNumber(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return typeof value === 'number' && source !== undefined && isInteger(source) ? BigInt(source) : value;
}

function isInteger(source: string): boolean {
  return source.length <= MOST_DIGITS && /^-?\d+$/.test(source);
}

/** A value of the text, and its JSON pointer. */
export class JsonReader {
  readonly #value: unknown;
  readonly #pointer: string;

  constructor(value: unknown, pointer: string) {
    this.#value = value;
    this.#pointer = pointer;
  }

  refuse(expected: string): never {
    throw new JsonRefusal(`${this.#pointer === '' ? 'the file' : this.#pointer} should be ${expected}`);
  }

  get(key: string): JsonReader {
    return new JsonReader(this.#members()[key], `${this.#pointer}/${key}`);
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : this.refuse('a string');
  }

  integer(): number {
    const number = typeof this.#value === 'bigint' ? Number(this.#value) : NaN;
    return Number.isSafeInteger(number) && number >= 0 ? number : this.refuse('a whole number from 0');
  }

  date(): Date {
    const date = new Date(this.text());
    return Number.isNaN(date.getTime()) ? this.refuse('a time') : date;
  }

  oneOf<const T extends string>(words: readonly T[]): T {
    return words.find((word) => word === this.#value) ?? this.refuse(`one of ${words.join(', ')}`);
  }

  orNull<T>(read: (reader: JsonReader) => T): T | undefined {
    return this.#value === null ? undefined : read(this);
  }

  list<T>(most: number, read: (member: JsonReader) => T): readonly T[] {
    const list: unknown = this.#value;
    if (!Array.isArray(list) || list.length > most) return this.refuse(`a list of at most ${most}`);
    return list.map((member, index) => read(new JsonReader(member, `${this.#pointer}/${index}`)));
  }

  map<T>(read: (member: JsonReader) => T): ReadonlyMap<string, T> {
    const keys = Object.keys(this.#members());
    return new Map(keys.map((key) => [key, read(this.get(key))]));
  }

  /** Any value, as a configs file has them. */
  value(depth = 0): Value {
    const value = this.#value;
    if (depth > DEEPEST_VALUE) return this.refuse(`nested less than ${DEEPEST_VALUE} levels deep`);
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'bigint' || typeof value === 'number') return value;
    if (Array.isArray(value)) return this.list(Infinity, (member) => member.value(depth + 1));
    return this.map((member) => member.value(depth + 1));
  }

  #members(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.refuse('an object');
    return value as Readonly<Record<string, unknown>>;
  }
}
