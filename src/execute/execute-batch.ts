import pLimit from 'p-limit';
import type { BatchResult, Plan, Run, RunResult } from '../model.ts';
import { flagChangedOutputs } from './changed-outputs.ts';
import { errorWithoutCell, executeRun } from './execute-run.ts';
import { nextRun } from './next-run.ts';
import { type Foreknowledge, orderRuns } from './order-runs.ts';
import type { RunContext } from './run-attempt.ts';
import { stopCauseOf } from './stop-request.ts';
import { WarmKernels } from './warm-kernels.ts';

/** Kernels that are started ahead, for each that executes. */
const WARM_SHARE = 0.5;

export interface BatchOptions {
  /** Kernels at once. */
  readonly parallel: number;
  /** Start no more runs after the first that did not pass. */
  readonly failFast: boolean;
  /** From an earlier batch. */
  readonly earlier?: Foreknowledge['earlier'];
  /** For all kernels together; undefined = nobody knows. */
  readonly memoryBytes?: number | undefined;
}

/**
 * Executes all runs of a plan, at most `parallel` at once, the longest first as far as that is known, and resolves with
 * their results in plan order.
 */
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
  const { earlier = new Map<string, never>(), memoryBytes, parallel, failFast } = options;
  const waiting = new Set(orderRuns(plan.runs, { earlier, sizes: plan.sizes ?? new Map(), parallel }));
  const running = new Map<Run, Promise<void>>();
  const finished = new Map<Run, RunResult>();
  const next = (from: Iterable<Run>): Run | undefined =>
    nextRun(from, { running: running.keys(), earlier, memoryBytes });
  const over = (): boolean => signal.aborted || (failed && failFast);
  await using kernels = new WarmKernels({
    kernels: context.kernels,
    next: (warm) => (over() ? undefined : next(waiting.difference(warm))),
    most: Math.max(1, Math.floor(parallel * WARM_SHARE)),
    signal,
  });
  const execute = async (run: Run): Promise<void> => {
    const result = over()
      ? neverStarted(run, signal, clock.now() - batchBegunMs)
      : await executeRun(run, { ...context, kernels, batchBegunMs });
    failed ||= result.status !== 'passed';
    finished.set(run, result);
    progress({ kind: 'run-finished', result });
  };
  const executeNext = async (): Promise<void> => {
    let run = next(waiting);
    // What has no room waits until something else has ended.
    for (; run === undefined; run = next(waiting)) await Promise.race(running.values());
    waiting.delete(run);
    const begun = run;
    const executing = execute(begun).finally(() => running.delete(begun));
    running.set(begun, executing);
    await executing;
  };
  const limit = pLimit(parallel);
  await Promise.all(plan.runs.map(() => limit(executeNext)));
  const results = await flagChangedOutputs(
    plan.runs.flatMap((run) => finished.get(run) ?? []),
    context,
  );
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
        : cause.kind === 'broken'
          ? `Not started. ${cause.detail}`
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
