import { messageOf } from '../errors.ts';
import type { Run, RunError, RunResult, RunStatus } from '../model.ts';
import { locateSourceLine } from '../notebook/locate-source-line.ts';
import { NotebookFormatError } from '../notebook/parse-notebook.ts';
import { stampStart } from '../notebook/papermill-metadata.ts';
import { plainText } from '../notebook/plain-text.ts';
import type { AttemptRecord } from './attempt-record.ts';
import { failingLine } from './failing-line.ts';
import { executableCells, prepareNotebook } from './prepare-notebook.ts';
import { runAttempt, type RunContext } from './run-attempt.ts';
import { papermillRun, stampResult } from './stamp-result.ts';

/** Statuses for which another attempt may end differently. */
const WORTH_ANOTHER: ReadonlySet<RunStatus> = new Set([
  'failed',
  'timed-out',
  'kernel-died',
  'kernel-start-failed',
  'infra-error',
]);

/** Executes one run, with its retries, and leaves its notebook on disk. Never throws. */
export async function executeRun(
  run: Run,
  context: RunContext & { batchBegunMs: number },
): Promise<RunResult> {
  const { clock, files } = context;
  const queueMs = clock.now() - context.batchBegunMs;
  let text: string;
  try {
    text = await files.read(run.notebookPath);
    prepareNotebook(text, run.injectedSource);
    if (context.backup) await files.backUp(run.outputPath);
  } catch (error) {
    return unreadable(run, { error, queueMs, startedAt: clock.date() });
  }
  for (let attempt = 1; ; attempt++) {
    context.progress({ kind: 'run-started', run, attempt });
    const startedAt = clock.date();
    const begun = clock.now();
    const prepared = prepareNotebook(text, run.injectedSource);
    stampStart(prepared.notebook, papermillRun(run, { ...context, startedAt }));
    const record = await runAttempt(run, prepared, context);
    const durationMs = clock.now() - begun;
    const again =
      WORTH_ANOTHER.has(record.status) && attempt <= run.settings.retries && !context.signal.aborted;
    if (again) {
      const said = record.error?.said;
      const text = `attempt ${attempt} ended as ${record.status} (${said?.ename ?? ''}: ${said?.evalue ?? ''}); trying again`;
      context.progress({ kind: 'notice', run, level: 'warning', text });
      continue;
    }
    const result = resultOf(run, record, { attempt, startedAt, durationMs, queueMs, text });
    return await saved(result, record, context);
  }
}

function resultOf(
  run: Run,
  record: AttemptRecord,
  facts: { attempt: number; startedAt: Date; durationMs: number; queueMs: number; text: string },
): RunResult {
  return {
    run,
    status: record.status,
    output: record.output,
    attempts: facts.attempt,
    startedAt: facts.startedAt,
    durationMs: facts.durationMs,
    queueMs: facts.queueMs,
    peakMemoryBytes: record.usage?.peakMemoryBytes,
    cpuMs: record.usage?.cpuMs,
    cells: { total: executableCells(record.prepared.notebook).length, executed: record.executed },
    error: errorOf(run, record, facts.text),
    warnings: record.warnings,
  };
}

function errorOf(run: Run, record: AttemptRecord, text: string): RunError | undefined {
  if (record.error === undefined) return undefined;
  const { said, cell } = record.error;
  const traceback = plainText(said.traceback.join('\n'));
  const executionCount = cell?.execution_count ?? undefined;
  const cellIndex = cell === undefined ? undefined : record.prepared.sourceIndex(cell);
  const line =
    cellIndex === undefined
      ? undefined
      : locateSourceLine(
          text,
          cellIndex,
          failingLine(traceback, { executionCount, source: cell?.source ?? '' }),
        );
  return {
    ename: said.ename,
    evalue: plainText(said.evalue),
    traceback,
    cellIndex,
    executionCount,
    file: run.notebook,
    line,
  };
}

/** The last save: with its markers and metadata. What cannot be saved is no result, whatever its cells said. */
async function saved(result: RunResult, record: AttemptRecord, context: RunContext): Promise<RunResult> {
  try {
    await context.files.save(result.run.outputPath, stampResult(record, result));
    return result;
  } catch (error) {
    const ename = error instanceof Error ? error.name : 'Error';
    const evalue = `The executed notebook could not be written: ${messageOf(error)}`;
    return {
      ...result,
      status: 'infra-error',
      error: result.error ?? errorWithoutCell(result.run, ename, evalue),
      warnings: [...result.warnings, evalue],
    };
  }
}

function unreadable(run: Run, facts: { error: unknown; queueMs: number; startedAt: Date }): RunResult {
  const invalid = facts.error instanceof NotebookFormatError;
  return {
    run,
    status: invalid ? 'invalid-notebook' : 'infra-error',
    output: { kind: 'complete' },
    attempts: 1,
    startedAt: facts.startedAt,
    durationMs: 0,
    queueMs: facts.queueMs,
    peakMemoryBytes: undefined,
    cpuMs: undefined,
    cells: { total: 0, executed: 0 },
    error: errorWithoutCell(run, invalid ? 'NotebookFormatError' : 'Error', messageOf(facts.error)),
    warnings: [],
  };
}

export function errorWithoutCell(run: Run, ename: string, evalue: string): RunError {
  return {
    ename,
    evalue,
    traceback: '',
    cellIndex: undefined,
    executionCount: undefined,
    file: run.notebook,
    line: undefined,
  };
}
