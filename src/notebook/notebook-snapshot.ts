import type { Notebook } from './types.ts';

/**
 * The notebook as it is at this moment, while messages go on changing the original. Shallow where nothing is changed in
 * place; streams, whose texts grow, are read here.
 */
export function notebookSnapshot(notebook: Notebook): Notebook {
  return {
    ...notebook,
    metadata: { ...notebook.metadata },
    cells: notebook.cells.map((cell) => ({
      ...cell,
      metadata: { ...cell.metadata },
      ...(cell.outputs === undefined ? {} : { outputs: cell.outputs.map((output) => ({ ...output })) }),
    })),
  };
}
