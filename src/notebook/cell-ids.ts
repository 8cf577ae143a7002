import { createHash } from 'node:crypto';
import type { Cell } from './types.ts';

/** What nbformat 4.5 allows as the id of a cell. */
const CELL_ID = /^[\w-]{1,64}$/;

/**
 * The cells, each with a valid id of its own: good ids stay, others are made from the cell's content. The same
 * notebook gets the same ids every time, where nbformat would draw them at random.
 */
export function withCellIds(cells: readonly Cell[]): Cell[] {
  const taken = new Set<string>();
  const firstHolders = new Set<Cell>();
  for (const cell of cells) {
    if (typeof cell.id !== 'string' || !CELL_ID.test(cell.id) || taken.has(cell.id)) continue;
    taken.add(cell.id);
    firstHolders.add(cell);
  }
  return cells.map((cell) =>
    firstHolders.has(cell) ? cell : { ...cell, id: freshCellId(`${cell.cell_type}\n${cell.source}`, taken) },
  );
}

/** An id that follows from the seed alone unless it is taken; adds it to those taken. */
export function freshCellId(seed: string, taken: Set<string>): string {
  for (let attempt = 0; ; attempt++) {
    const id = createHash('sha256').update(`${seed}\n${attempt}`).digest('hex').slice(0, 8);
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

export function idsOf(cells: readonly Cell[]): Set<string> {
  return new Set(cells.flatMap((cell) => cell.id ?? []));
}
