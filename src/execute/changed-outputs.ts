import type { RunResult } from '../model.ts';
import { errorWithoutCell } from './execute-run.ts';
import type { NotebookFiles, Progress } from './ports.ts';

const CHANGED =
  'Its executed notebook is no longer the file that was written: something has changed, replaced or removed it, most likely another notebook of the batch.';

/** Whether what stands at a result's path is not what we have written: nothing has been hidden in it, and it may be anything. */
export function hasChangedOutput({ warnings }: RunResult): boolean {
  return warnings.includes(CHANGED);
}

/** A result whose notebook somebody else has changed is none: it has not passed, whatever its cells said. */
export async function flagChangedOutputs(
  results: readonly RunResult[],
  { files, progress }: { readonly files: NotebookFiles; readonly progress: Progress },
): Promise<readonly RunResult[]> {
  return await Promise.all(
    results.map(async (result) => {
      const { run, status } = result;
      // Of these there is none, or the reason is told already.
      if (result.attempts === 0 || status === 'invalid-notebook' || status === 'infra-error') return result;
      if (await files.isAsWritten(run.outputPath)) return result;
      progress({ kind: 'notice', run, level: 'warning', text: CHANGED });
      return {
        ...result,
        status: status === 'passed' ? 'failed' : status,
        error: result.error ?? errorWithoutCell(run, 'OutputChanged', CHANGED),
        warnings: [...result.warnings, CHANGED],
      };
    }),
  );
}
