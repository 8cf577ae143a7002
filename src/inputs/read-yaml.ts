import type { Alias, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Problem } from '../errors.ts';
import { quoted } from './describe-value.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { childPointer } from './json-pointer.ts';
import type { LocatedDocument, LocatedEntry, LocatedNode } from './located-node.ts';
import { MAX_DEPTH } from './located-node.ts';
import { readFloat, readInteger } from './read-number.ts';
import type { SourceText } from './source-text.ts';
import { resolveAliases } from './yaml-aliases.ts';
import { TOO_DEEP, yamlSyntaxProblems } from './yaml-syntax-problems.ts';

const MOST_ALIASED_NODES = 100_000; // a few lines of aliases of aliases make billions of values

/** Reads one document of YAML 1.2, core schema, with aliases and `<<`. Keys are text. */
export function readYaml(source: SourceText): LocatedDocument {
  const document = parseDocument(source.text, {
    schema: 'core',
    intAsBigInt: true,
    stringKeys: true,
    uniqueKeys: false, // our own check names both places
    resolveKnownTags: false,
    prettyErrors: false,
  });
  const syntax = yamlSyntaxProblems(document, source);
  if (document.contents === null || syntax.length > 0) return { root: undefined, problems: syntax };
  const reader = new YamlReader(source, resolveAliases(document.contents));
  const root = reader.locate(document.contents, { pointer: '', depth: 1, aliased: false });
  return { root, problems: reader.problems };
}

/** Where a node is being used. */
interface Use {
  readonly pointer: string;
  readonly depth: number;
  /** Whether an alias brought us here. */
  readonly aliased: boolean;
}

class YamlReader {
  /** By place and message: an alias leads to the same mistake again. */
  readonly #problems = new Map<string, Problem>();
  readonly #source: SourceText;
  readonly #targets: ReadonlyMap<Alias, ParsedNode>;
  readonly #open = new Set<ParsedNode>();
  #aliasedNodes = 0;

  constructor(source: SourceText, targets: ReadonlyMap<Alias, ParsedNode>) {
    this.#source = source;
    this.#targets = targets;
  }

  get problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  locate(node: ParsedNode | null, use: Use): LocatedNode {
    const place = this.#source.placeAt(node?.range[0] ?? 0, use.pointer);
    if (use.aliased) this.#aliasedNodes += 1;
    if (use.depth > MAX_DEPTH) return this.#refuse(place, TOO_DEEP);
    if (this.#aliasedNodes === MOST_ALIASED_NODES) {
      this.#report({
        ...place,
        message: `aliases make more than ${MOST_ALIASED_NODES} values. Write fewer.`,
      });
    }
    if (this.#aliasedNodes >= MOST_ALIASED_NODES) return { kind: 'null', value: null, place };
    if (isAlias(node)) return this.#locateAlias(node, use);
    if (node === null || !(isMap(node) || isSeq(node))) return this.#locateScalar(node, place);
    this.#open.add(node);
    const located: LocatedNode = isMap(node)
      ? { kind: 'object', entries: this.#locateEntries(node, use), place }
      : {
          kind: 'array',
          items: node.items.map((item, index) => this.locate(item, below(use, index))),
          place,
        };
    this.#open.delete(node);
    return located;
  }

  #locateAlias(alias: Alias.Parsed, use: Use): LocatedNode {
    const target = this.#target(alias, use);
    const place = this.#source.placeAt(alias.range[0], use.pointer);
    if (target === undefined) return { kind: 'null', value: null, place };
    return { ...this.locate(target, { ...use, aliased: true }), place };
  }

  #target(alias: Alias.Parsed, use: Use): ParsedNode | undefined {
    const target = this.#targets.get(alias);
    if (target !== undefined && !this.#open.has(target)) return target;
    const name = quoted(`*${alias.source}`);
    const message =
      target === undefined
        ? `${name} names no anchor above it. Write &${alias.source} before the value it stands for.`
        : `${name} stands inside the value it names. Write the value out.`;
    this.#refuse(this.#source.placeAt(alias.range[0], use.pointer), message);
    return undefined;
  }

  #locateEntries(map: YAMLMap.Parsed, use: Use): readonly LocatedEntry[] {
    const own = map.items.filter((pair) => !isMergeKey(pair)).map((pair) => this.#locateEntry(pair, use));
    duplicateKeys(own).forEach((problem) => this.#report(problem));
    if (own.length === map.items.length) return own;
    const merged = map.items.filter(isMergeKey).flatMap((pair) => this.#locateMerge(pair, use));
    const ownKeys = new Set(own.map((entry) => entry.key));
    return [...firstOfEachKey(merged).filter((entry) => !ownKeys.has(entry.key)), ...own];
  }

  #locateEntry(pair: Pair<ParsedNode, ParsedNode | null>, use: Use): LocatedEntry {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const inner = below(use, key);
    const keyPlace = this.#source.placeAt(pair.key.range[0], inner.pointer);
    if (pair.value === null) return { key, keyPlace, value: { kind: 'null', value: null, place: keyPlace } };
    return { key, keyPlace, value: this.locate(pair.value, inner) };
  }

  /** The entries that `<<` brings: the first of several sources wins. https://yaml.org/type/merge.html */
  #locateMerge(pair: Pair<ParsedNode, ParsedNode | null>, use: Use): readonly LocatedEntry[] {
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
    return sources.flatMap((source) => {
      const target = isAlias(source) ? this.#target(source, use) : source;
      if (target === undefined) return [];
      if (!isMap(target)) {
        this.#refuse(this.#source.placeAt(pair.key.range[0], use.pointer), MERGE_NEEDS_OBJECTS);
        return [];
      }
      const located = this.locate(target, { ...use, depth: use.depth + 1, aliased: true });
      return located.kind === 'object' ? located.entries : [];
    });
  }

  #locateScalar(node: Scalar.Parsed | null, place: LocatedNode['place']): LocatedNode {
    const value: unknown = node?.value;
    const literal = node?.source ?? '';
    if (typeof value === 'string') return { kind: 'string', value, place };
    if (typeof value === 'boolean') return { kind: 'boolean', value, place };
    if (typeof value !== 'bigint' && typeof value !== 'number') return { kind: 'null', value: null, place };
    const written = typeof value === 'number' && /^[-+]?\.(?:inf|nan)$/i.test(literal);
    if (written) return { kind: 'float', value, place };
    const reading =
      typeof value === 'bigint'
        ? readInteger(literal, () => value)
        : readFloat(literal, value, literal.startsWith('-') ? '-.inf' : '.inf');
    if (reading.kind !== 'unreadable') return { ...reading, place };
    this.#refuse(place, reading.message);
    return { kind: 'string', value: literal, place }; // as the cure says: nothing else need complain of it
  }

  #refuse(place: LocatedNode['place'], message: string): LocatedNode {
    this.#report({ ...place, message });
    return { kind: 'null', value: null, place };
  }

  #report(problem: Problem): void {
    const key = `${problem.line ?? 0}:${problem.column ?? 0} ${problem.message}`;
    if (!this.#problems.has(key)) this.#problems.set(key, problem);
  }
}

const MERGE_NEEDS_OBJECTS =
  '"<<" merges objects, and this is none. Write an alias of an object, or a list of them.';

function firstOfEachKey(entries: readonly LocatedEntry[]): readonly LocatedEntry[] {
  const first = new Map<string, LocatedEntry>();
  for (const entry of entries) if (!first.has(entry.key)) first.set(entry.key, entry);
  return [...first.values()];
}

function isMergeKey({ key }: Pair<ParsedNode, ParsedNode | null>): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function below(use: Use, key: string | number): Use {
  return { ...use, pointer: childPointer(use.pointer, key), depth: use.depth + 1 };
}
