import path from 'node:path';
import type { Run, RunResult } from '../model.ts';
import { markFailure } from '../notebook/error-markers.ts';
import { type PapermillRun, stampEnd } from '../notebook/papermill-metadata.ts';
import type { Notebook } from '../notebook/types.ts';
import { valueToJson } from '../notebook/value-json.ts';
import type { AttemptRecord } from './attempt-record.ts';

/** What papermill's metadata says of a run that starts now. Nothing was injected: an earlier run's parameters count. */
export function papermillRun(
  run: Run,
  facts: { version: string; workingDirectory: string; startedAt: Date },
): PapermillRun {
  const given = [...run.parameters].map(([name, value]) => [name, valueToJson(value)] as const);
  return {
    parameters: run.injectedSource === undefined ? undefined : Object.fromEntries(given),
    inputPath: run.notebook,
    // Relative: the same batch leaves the same notebooks wherever it runs.
    outputPath: path.relative(facts.workingDirectory, run.outputPath).replaceAll(path.sep, '/'),
    version: facts.version,
    startedAt: facts.startedAt,
  };
}

/** The notebook as it is left on disk: the failing cell marked as papermill marks it, lost output accounted for. */
export function stampResult(record: AttemptRecord, result: RunResult): Notebook {
  const { notebook } = record.prepared;
  const { startedAt, durationMs } = result;
  if (startedAt !== undefined) {
    const endedAt = new Date(startedAt.getTime() + durationMs);
    stampEnd(notebook, { endedAt, durationMs, failed: result.status !== 'passed' });
  }
  if (result.output.kind !== 'complete')
    notebook.metadata['parallel_notebooks'] = { output: { ...result.output } };
  const { error } = record;
  const failing = error?.cell === undefined ? -1 : notebook.cells.indexOf(error.cell);
  return failing === -1 ? notebook : markFailure(notebook, failing);
}
