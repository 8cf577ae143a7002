import type { Cell, Notebook } from '../notebook/types.ts';
import { hasTag } from './cell-view.ts';
import { shownCells } from './notebook-cells.ts';

/** The same code cell in several executed copies of one notebook. */
export interface AlignedCell {
  /** For people: the heading it stands under, and its number in the first copy. */
  readonly heading: string;
  readonly label: string;
  /** One for each notebook; undefined where it has none. */
  readonly cells: readonly (Cell | undefined)[];
}

/**
 * Cells that belong together: by their ids, which all copies have from the template; without ids by their order.
 * Injected parameters are left out, as are cells without any output.
 */
export function alignCells(notebooks: readonly Notebook[]): readonly AlignedCell[] {
  const [first] = notebooks;
  if (first === undefined) return [];
  const byKey = notebooks.map((notebook) => new Map(keyed(codeCells(notebook))));
  const headings = headingsOf(first);
  const keys = new Set(byKey.flatMap((cells) => [...cells.keys()]));
  return [...keys].flatMap((key): AlignedCell[] => {
    const cells = byKey.map((of) => of.get(key));
    if (!cells.some((cell) => (cell?.outputs ?? []).length > 0)) return [];
    const known = cells.find((cell) => cell !== undefined);
    const count = known?.execution_count;
    return [
      {
        heading: (known && headings.get(known)) ?? '',
        label: typeof count === 'number' ? `Cell [${count}]` : 'Cell',
        cells,
      },
    ];
  });
}

function codeCells(notebook: Notebook): readonly Cell[] {
  return shownCells(notebook)
    .map(({ cell }) => cell)
    .filter((cell) => cell.cell_type === 'code' && !hasTag(cell, 'injected-parameters'));
}

function keyed(cells: readonly Cell[]): readonly (readonly [string, Cell])[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const base = cell.id ?? `@${index}`;
    const times = seen.get(base) ?? 0;
    seen.set(base, times + 1);
    return [times === 0 ? base : `${base}@${times}`, cell];
  });
}

/** The last Markdown heading above each cell. */
function headingsOf({ cells }: Notebook): ReadonlyMap<Cell, string> {
  const headings = new Map<Cell, string>();
  let heading = '';
  for (const cell of cells) {
    if (cell.cell_type !== 'markdown') headings.set(cell, heading);
    else heading = [...cell.source.matchAll(/^#{1,4}\s+(.+?)\s*#*$/gm)].at(-1)?.[1] ?? heading;
  }
  return headings;
}
