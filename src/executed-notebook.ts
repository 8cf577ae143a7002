import { readNotebook } from './adapters/notebook-files.ts';
import { hasChangedOutput } from './execute/changed-outputs.ts';
import type { RunResult } from './model.ts';
import { parseNotebook } from './notebook/parse-notebook.ts';
import type { Notebook } from './notebook/types.ts';

/** The notebook that a run has left; undefined when there is none that can be read. */
export async function executedNotebook(result: RunResult): Promise<Notebook | undefined> {
  if (result.attempts === 0) return undefined; // what stands there is an earlier batch's
  if (hasChangedOutput(result)) return undefined; // or of a stranger
  return await readNotebook(result.run.outputPath)
    .then(parseNotebook)
    .catch(() => undefined);
}
