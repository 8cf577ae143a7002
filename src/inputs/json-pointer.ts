import type { LocatedNode } from './located-node.ts';
import { childOf } from './located-node.ts';

/** The pointer of a member or an item below `parent`. https://www.rfc-editor.org/rfc/rfc6901 */
export function childPointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The node that a pointer relative to `node` names; undefined when there is none. */
export function resolvePointer(node: LocatedNode, pointer: string): LocatedNode | undefined {
  const [start, ...steps] = pointer.split('/');
  if (start !== '') return undefined;
  return steps.reduce<LocatedNode | undefined>(
    (current, step) => (current === undefined ? undefined : child(current, unescape(step))),
    node,
  );
}

function child(node: LocatedNode, key: string): LocatedNode | undefined {
  if (node.kind === 'object') return childOf(node, key);
  if (node.kind === 'array' && /^(?:0|[1-9]\d*)$/.test(key)) return node.items[Number(key)];
  return undefined;
}

function unescape(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
