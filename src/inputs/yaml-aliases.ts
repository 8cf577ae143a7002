import type { Alias, ParsedNode } from 'yaml';
import { visit } from 'yaml';

/** Alias → the node it stands for: the last one above it, in document order, with an anchor of its name. */
export function resolveAliases(contents: ParsedNode): ReadonlyMap<Alias, ParsedNode> {
  const anchors = new Map<string, ParsedNode>();
  const targets = new Map<Alias, ParsedNode>();
  visit(contents, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node as ParsedNode);
    },
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
  });
  return targets;
}
