import type { RunResult } from '../model.ts';
import { isJsonObject } from '../notebook/json-shape.ts';
import { isRawNumber } from '../notebook/raw-number.ts';
import type { Cell, Notebook } from '../notebook/types.ts';
import { digestFailure } from './digest-failure.ts';
import { digestNumbers } from './digest-numbers.ts';
import { digestOutputs } from './digest-outputs.ts';
import type { BatchDigest, ReportSource, RunDigest } from './publication.ts';
import { redactBatch } from './redact-batch.ts';
import { redactNotebook } from './redact-notebook.ts';
import { withShortError } from './short-error.ts';

/** Reads the executed notebooks, one at a time, and keeps of each what people are told. Secrets are hidden first. */
export async function digestBatch(source: ReportSource): Promise<BatchDigest> {
  const { batch, hits } = redactBatch(source.batch, source.redact);
  let hidden = hits;
  const runs: RunDigest[] = [];
  for (const [index, result] of batch.results.entries()) {
    const original = source.batch.results[index] ?? result;
    const notebook = original.attempts === 0 ? undefined : await source.executedNotebook(original);
    const redacted = notebook === undefined ? undefined : redactNotebook(notebook, source.redact);
    hidden += redacted?.hits ?? 0;
    runs.push(digestRun(withShortError(result), redacted?.notebook));
  }
  return { batch, commit: source.commit, repository: source.repository, runs, hidden };
}

function digestRun(result: RunResult, notebook: Notebook | undefined): RunDigest {
  if (notebook === undefined) {
    return {
      result,
      language: '',
      failure: undefined,
      outputs: [],
      figures: 0,
      numbers: new Map(),
      slowestCell: undefined,
    };
  }
  return {
    result,
    language: languageOf(notebook),
    failure: result.status === 'passed' ? undefined : digestFailure(notebook),
    ...digestOutputs(notebook),
    numbers: digestNumbers(notebook),
    slowestCell: slowestCell(notebook),
  };
}

function languageOf({ metadata }: Notebook): string {
  const { kernelspec, language_info: info } = metadata;
  const named = [isJsonObject(info) && info['name'], isJsonObject(kernelspec) && kernelspec['language']];
  return named.find((name) => typeof name === 'string')?.toLowerCase() ?? '';
}

function slowestCell({ cells }: Notebook): RunDigest['slowestCell'] {
  const timed = cells.flatMap((cell) => {
    const durationMs = durationOf(cell);
    const { execution_count: executionCount } = cell;
    return durationMs === undefined || typeof executionCount !== 'number'
      ? []
      : [{ executionCount, durationMs }];
  });
  return timed.toSorted((a, b) => b.durationMs - a.durationMs)[0];
}

/** papermill notes how long each cell took, in seconds. */
function durationOf({ metadata }: Cell): number | undefined {
  const { papermill } = metadata;
  const duration = isJsonObject(papermill) ? papermill['duration'] : undefined;
  const seconds = isRawNumber(duration) ? Number(duration.rawJSON) : duration;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
