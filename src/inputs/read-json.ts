import type { Node, ParseError } from 'jsonc-parser';
import { createScanner, parseTree } from 'jsonc-parser';
import type { Problem } from '../errors.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { childPointer } from './json-pointer.ts';
import { jsonSyntaxProblems } from './json-syntax-problems.ts';
import type { LocatedDocument, LocatedEntry, LocatedNode } from './located-node.ts';
import { MAX_DEPTH } from './located-node.ts';
import { readJsonNumber } from './read-number.ts';
import type { SourceText } from './source-text.ts';

/** Reads JSON with comments and trailing commas; numbers and NaN, Infinity, -Infinity as Python's `json` does. */
export function readJson(source: SourceText): LocatedDocument {
  const scan = scanTokens(source.text);
  if (scan.kind === 'empty') return { root: undefined, problems: [] };
  if (scan.kind === 'too-deep') {
    const message = `nested more than ${MAX_DEPTH} levels deep. Flatten the data, or put it in a file of its own.`;
    return { root: undefined, problems: [{ ...source.placeAt(scan.offset), message }] };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(scan.readable, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) {
    return { root: undefined, problems: jsonSyntaxProblems(errors, source) };
  }
  const problems: Problem[] = [];
  return { root: locate(tree, { source, report: (problem) => problems.push(problem) }, ''), problems };
}

type Scan =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-deep'; readonly offset: number }
  /** The text with NaN and Infinity replaced by digits of the same length, for a parser that does not know them. */
  | { readonly kind: 'tokens'; readonly readable: string };

// The numbers of SyntaxKind, which is a `const enum` and so out of reach of a compiler that looks at single files.
const OPENING: ReadonlySet<number> = new Set([1, 3]);
const CLOSING: ReadonlySet<number> = new Set([2, 4]);
const UNKNOWN = 16;
const END = 17;

function scanTokens(text: string): Scan {
  const scanner = createScanner(text, true);
  const pieces: string[] = [];
  let copiedTo = 0;
  let depth = 0;
  let tokens = 0;
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    tokens += 1;
    const offset = scanner.getTokenOffset();
    if (OPENING.has(kind)) depth += 1;
    if (CLOSING.has(kind)) depth -= 1;
    if (depth > MAX_DEPTH) return { kind: 'too-deep', offset };
    if (kind !== UNKNOWN) continue;
    const word = scanner.getTokenValue();
    if (word !== 'NaN' && word !== 'Infinity') continue;
    pieces.push(text.slice(copiedTo, offset), '1'.repeat(word.length)); // a minus before it stays
    copiedTo = offset + word.length;
  }
  if (tokens === 0) return { kind: 'empty' };
  return { kind: 'tokens', readable: pieces.join('') + text.slice(copiedTo) };
}

interface Context {
  readonly source: SourceText;
  readonly report: (problem: Problem) => void;
}

function locate(node: Node, context: Context, pointer: string): LocatedNode {
  const place = context.source.placeAt(node.offset, pointer);
  const children = node.children ?? [];
  switch (node.type) {
    case 'null':
      return { kind: 'null', value: null, place };
    case 'boolean':
      return { kind: 'boolean', value: node.value as boolean, place };
    case 'string':
      return { kind: 'string', value: node.value as string, place };
    case 'number':
      return locateNumber(node, context, pointer);
    case 'array':
      return {
        kind: 'array',
        items: children.map((item, index) => locate(item, context, childPointer(pointer, index))),
        place,
      };
    case 'object': {
      const entries = children.flatMap((property) => locateEntry(property, context, pointer));
      duplicateKeys(entries).forEach(context.report);
      return { kind: 'object', entries, place };
    }
    case 'property':
      throw new Error('a property stands where a value should');
  }
}

function locateEntry(property: Node, context: Context, parent: string): LocatedEntry[] {
  const [name, value] = property.children ?? [];
  if (name === undefined || value === undefined) return []; // only beside a syntax error
  const key = name.value as string;
  const pointer = childPointer(parent, key);
  return [
    { key, keyPlace: context.source.placeAt(name.offset, pointer), value: locate(value, context, pointer) },
  ];
}

function locateNumber(node: Node, { source, report }: Context, pointer: string): LocatedNode {
  const place = source.placeAt(node.offset, pointer);
  const literal = source.text.slice(node.offset, node.offset + node.length);
  const reading = readJsonNumber(literal);
  if (reading.kind !== 'unreadable') return { ...reading, place };
  report({ ...place, message: reading.message });
  return { kind: 'string', value: literal, place }; // as the cure says: nothing else need complain of it
}
