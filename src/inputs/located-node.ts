/** A document's values together with their places: one form for JSON and YAML. */
import type { Problem } from '../errors.ts';
import type { Place, Value } from '../model.ts';

export type LocatedNode = LocatedScalar | LocatedArray | LocatedObject;

interface Located {
  /** Where the value starts; its pointer is where it is used, also when an alias brought it there. */
  readonly place: Place;
}

export type LocatedScalar = Located &
  (
    | { readonly kind: 'null'; readonly value: null }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'int'; readonly value: bigint }
    | { readonly kind: 'float'; readonly value: number }
  );

export interface LocatedArray extends Located {
  readonly kind: 'array';
  readonly items: readonly LocatedNode[];
}

export interface LocatedObject extends Located {
  readonly kind: 'object';
  /** In file order. A repeated key, which is always a problem as well, is here twice. */
  readonly entries: readonly LocatedEntry[];
}

export interface LocatedEntry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: LocatedNode;
}

export interface LocatedDocument {
  /** Undefined when the text has no value or cannot be read. */
  readonly root: LocatedNode | undefined;
  readonly problems: readonly Problem[];
}

/** How deep lists and objects may nest: every later step may then recurse without fear for the stack. */
export const MAX_DEPTH = 200;

export function valueOf(node: LocatedNode): Value {
  switch (node.kind) {
    case 'array':
      return node.items.map(valueOf);
    case 'object':
      return valuesOf(node);
    case 'null':
    case 'boolean':
    case 'string':
    case 'int':
    case 'float':
      return node.value;
  }
}

export function valuesOf(node: LocatedObject): ReadonlyMap<string, Value> {
  return new Map(node.entries.map((entry) => [entry.key, valueOf(entry.value)]));
}

export function childOf(node: LocatedObject, key: string): LocatedNode | undefined {
  return node.entries.find((entry) => entry.key === key)?.value;
}
