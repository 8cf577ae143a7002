import pLimit from 'p-limit';
import type { BatchResult, Plan, Run, RunResult } from '../model.ts';
import { flagChangedOutputs } from './changed-outputs.ts';
import { errorWithoutCell, executeRun } from './execute-run.ts';
import type { RunContext } from './run-attempt.ts';
import { stopCauseOf } from './stop-request.ts';

export interface BatchOptions {
  /** Kernels at once. */
  readonly parallel: number;
  /** Start no more runs after the first that did not pass. */
  readonly failFast: boolean;
}

/** Executes all runs of a plan, at most `parallel` at once, and resolves with their results in plan order. */
export async function executeBatch(
  plan: Plan,
  context: RunContext,
  options: BatchOptions,
): Promise<BatchResult> {
  const { clock, progress, signal } = context;
  const startedAt = clock.date();
  const batchBegunMs = clock.now();
  let failed = false;
  progress({ kind: 'batch-started', total: plan.runs.length, parallel: options.parallel });
  const limit = pLimit(options.parallel);
  const execute = async (run: Run): Promise<RunResult> => {
    const result =
      signal.aborted || (failed && options.failFast)
        ? neverStarted(run, signal, clock.now() - batchBegunMs)
        : await executeRun(run, { ...context, batchBegunMs });
    failed ||= result.status !== 'passed';
    progress({ kind: 'run-finished', result });
    return result;
  };
  const executed = await Promise.all(plan.runs.map((run) => limit(execute, run)));
  const results = await flagChangedOutputs(executed, context);
  const batch = { startedAt, durationMs: clock.now() - batchBegunMs, results };
  progress({ kind: 'batch-finished', batch });
  return batch;
}

function neverStarted(run: Run, signal: AbortSignal, queueMs: number): RunResult {
  const cause = signal.aborted ? stopCauseOf(signal.reason) : undefined;
  const why =
    cause === undefined
      ? 'Not started: another run had failed, and fail-fast was asked for.'
      : cause.kind === 'timed-out'
        ? `Not started: the batch's time of ${cause.limitMs / 1000} s was over.`
        : 'Not started: the batch was cancelled.';
  return {
    run,
    status: cause?.kind === 'cancelled' ? 'cancelled' : 'skipped',
    output: { kind: 'complete' },
    attempts: 0,
    startedAt: undefined,
    durationMs: 0,
    queueMs,
    peakMemoryBytes: undefined,
    cpuMs: undefined,
    cells: { total: 0, executed: 0 },
    error: errorWithoutCell(run, 'NotStarted', why),
    warnings: [],
  };
}
