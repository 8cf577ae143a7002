/** GitHub Flavored Markdown as a parser that is not ours reads it. */
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export function parseGfm(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** All nodes, parents first. */
export function nodesOf(tree: Nodes): Nodes[] {
  return 'children' in tree ? [tree, ...tree.children.flatMap(nodesOf)] : [tree];
}

/** What people read: the text of everything that is text or code, in order. */
export function readText(tree: Nodes): string {
  return nodesOf(tree)
    .map((node) =>
      node.type === 'text' || node.type === 'inlineCode' || node.type === 'code' ? node.value : '',
    )
    .join('');
}

/** In text outside of code GitHub makes a link, a mention or a picture of these. */
export const MORE_THAN_TEXT: readonly RegExp[] = [
  /@[\w-]/,
  /#\d/,
  /\bGH-\d/i,
  /\bGHSA-/i,
  /:\/\//,
  /\bwww\./i,
  /\b[0-9a-f]{7,40}\b/i,
  /:[\w+-]+:/,
  /\$[^\s$]/,
];
