import type { BatchResult, OutputCompleteness, RunError, RunResult, Value } from '../model.ts';
import { relativePath } from './relative-path.ts';
import { valueJson } from '../notebook/value-json.ts';
import { totals } from './verdict.ts';

export interface ResultsOptions {
  /** The commit that was checked out; undefined outside a repository. */
  readonly commit: string | undefined;
  /** Absolute; paths in the file are relative to it. */
  readonly workingDirectory: string;
}

const INDENT = 2;
const LINE_OF_RUN = '\n    ';

/**
 * results.json, version 1, as results.schema.json describes it. Every key is always there; what is not known is
 * null. Times are ISO 8601 in UTC, durations whole milliseconds. In pieces, as the whole takes many times its length.
 */
export function* resultsJson(batch: BatchResult, options: ResultsOptions): Generator<string> {
  const { total, passed, failed, skipped } = totals(batch);
  const head = object({
    version: 1n,
    startedAt: batch.startedAt.toISOString(),
    durationMs: integer(batch.durationMs),
    commit: options.commit ?? null,
    totals: object({
      total: BigInt(total),
      passed: BigInt(passed),
      failed: BigInt(failed),
      skipped: BigInt(skipped),
    }),
  });
  yield `${valueJson(head, INDENT).slice(0, -'\n}'.length)},\n  "runs": [`;
  for (const [index, result] of batch.results.entries()) {
    yield index === 0 ? LINE_OF_RUN : `,${LINE_OF_RUN}`;
    yield valueJson(runEntry(result, options), INDENT).replaceAll('\n', LINE_OF_RUN);
  }
  yield batch.results.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

function runEntry(result: RunResult, { workingDirectory }: ResultsOptions): Value {
  const { run } = result;
  return object({
    name: run.name,
    notebook: run.notebook,
    outputLabel: run.outputLabel,
    outputPath: relativePath(workingDirectory, run.outputPath),
    parameters: run.parameters,
    kernel: run.kernelName,
    status: result.status,
    output: outputEntry(result.output),
    attempts: integer(result.attempts),
    startedAt: result.startedAt?.toISOString() ?? null,
    durationMs: integer(result.durationMs),
    queueMs: integer(result.queueMs),
    peakMemoryBytes: integer(result.peakMemoryBytes),
    cpuMs: integer(result.cpuMs),
    cells: object({ total: integer(result.cells.total), executed: integer(result.cells.executed) }),
    error: result.error === undefined ? null : errorEntry(result.error),
  });
}

function outputEntry(output: OutputCompleteness): Value {
  return object(
    output.kind === 'lost'
      ? { kind: output.kind, messages: integer(output.messages) }
      : { kind: output.kind },
  );
}

function errorEntry(error: RunError): Value {
  return object({
    ename: error.ename,
    evalue: error.evalue,
    traceback: error.traceback,
    cellIndex: integer(error.cellIndex),
    executionCount: integer(error.executionCount),
    file: error.file,
    line: integer(error.line),
  });
}

function object(members: Readonly<Record<string, Value>>): Value {
  return new Map(Object.entries(members));
}

function integer(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(Math.round(value));
}
