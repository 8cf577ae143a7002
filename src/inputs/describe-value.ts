import type { LocatedNode } from './located-node.ts';

const LONGEST_SHOWN = 60; // a message stays readable on one line

/** A value as a message shows it: short, and in the words of the file. */
export function describeValue(node: LocatedNode): string {
  switch (node.kind) {
    case 'array':
      return node.items.length === 0 ? 'an empty list' : `a list of ${node.items.length}`;
    case 'object':
      return node.entries.length === 0 ? 'an empty object' : 'an object';
    case 'string':
      return quoted(node.value);
    case 'float':
      return Number.isInteger(node.value) ? node.value.toFixed(1) : String(node.value);
    case 'int':
      return shortened(String(node.value));
    case 'null':
    case 'boolean':
      return String(node.value);
  }
}

/** The text in double quotes, cut when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function shortened(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN - 1)}…`;
}
