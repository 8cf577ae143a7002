import type { Problem } from '../errors.ts';
import { describeValue } from './describe-value.ts';
import type { LocatedNode, LocatedObject } from './located-node.ts';

/** What a value must be: for the reader of configs, and for editors. */
export interface Shape<T> {
  /** The same in JSON Schema, as far as that can say it. */
  readonly schema: JsonSchema;
  /** The value; undefined after reporting what is wrong with it. */
  readonly read: (node: LocatedNode, report: Report) => T | undefined;
}

export type JsonSchema = Readonly<Record<string, unknown>>;
export type Report = (problem: Problem) => void;

/** A key of an object: the reader, the JSON Schema and the documentation say the same of it. */
export interface KeyDefinition<T> {
  readonly shape: Shape<T>;
  readonly description: string;
  readonly examples: readonly unknown[];
}

export type KeyTable = Readonly<Record<string, KeyDefinition<unknown>>>;

/** Key → its value; undefined when the key is absent or its value was reported. */
export type ValuesOf<T extends KeyTable> = {
  readonly [K in keyof T]: T[K] extends KeyDefinition<infer V> ? V | undefined : never;
};

/** Reads the keys of the table that the object has; the other keys are the caller's business. */
export function readKeys<T extends KeyTable>(object: LocatedObject, table: T, report: Report): ValuesOf<T> {
  const values = object.entries
    .filter((entry) => Object.hasOwn(table, entry.key))
    .map((entry) => [entry.key, table[entry.key]?.shape.read(entry.value, report)]);
  return Object.fromEntries(values) as ValuesOf<T>;
}

/** The JSON Schema of the table's keys. */
export function schemaOfKeys(table: KeyTable): JsonSchema {
  const properties = Object.entries(table).map(([key, { shape, description, examples }]) => {
    return [key, { description, ...shape.schema, ...(examples.length > 0 ? { examples } : {}) }];
  });
  return Object.fromEntries(properties) as JsonSchema;
}

/** `expected seconds above 0, got "5 min". Write 300 or "5m".` */
export function mistake(node: LocatedNode, expected: string, cure: string): Problem {
  return { ...node.place, message: `expected ${expected}, got ${describeValue(node)}. ${cure}` };
}
