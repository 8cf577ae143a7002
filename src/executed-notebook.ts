import { notebookFiles } from './adapters/notebook-files.ts';
import type { RunResult } from './model.ts';
import { parseNotebook } from './notebook/parse-notebook.ts';
import type { Notebook } from './notebook/types.ts';

/** The notebook that a run has left; undefined when there is none that can be read. */
export async function executedNotebook({ run, attempts }: RunResult): Promise<Notebook | undefined> {
  if (attempts === 0) return undefined; // what stands there is an earlier batch's
  return await notebookFiles
    .read(run.outputPath)
    .then(parseNotebook)
    .catch(() => undefined);
}
