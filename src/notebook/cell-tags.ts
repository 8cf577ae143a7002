import type { Cell } from './types.ts';

/** `metadata.tags` of a cell; anything else than a list of strings counts as no tags. */
export function tagsOf(cell: Pick<Cell, 'metadata'>): string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

export function hasTag(cell: Pick<Cell, 'metadata'>, tag: string): boolean {
  return tagsOf(cell).includes(tag);
}
