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

/**
 * results.json, version 1, as results.schema.json describes it. Every key is always there; what is not known is
 * null. Times are ISO 8601 in UTC, durations whole milliseconds.
 */
export function resultsJson(batch: BatchResult, options: ResultsOptions): string {
  const { total, passed, failed, skipped } = totals(batch);
  const document = object({
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
    runs: batch.results.map((result) => runEntry(result, options)),
  });
  return `${valueJson(document, 2)}\n`;
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
