import { messageOf } from '../errors.ts';
import type { Run } from '../model.ts';
import { hasTag } from '../notebook/cell-tags.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import { AttemptRecord } from './attempt-record.ts';
import { openKernel } from './open-kernel.ts';
import { type Clock, type KernelSession, type Kernels, KernelStartError } from './ports.ts';
import type { NotebookFiles, Progress } from './ports.ts';
import { executableCells, metadataTimeoutMs, type PreparedNotebook } from './prepare-notebook.ts';
import { runCell } from './run-cell.ts';
import { SaveSometimes } from './save-sometimes.ts';
import { StopRequest, stopCauseOf } from './stop-request.ts';

export interface RunContext {
  readonly kernels: Kernels;
  readonly files: NotebookFiles;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Ends runs that are under way; its reason is a StopRequest. */
  readonly signal: AbortSignal;
  /** Keep an earlier output as `…_backup.ipynb`. */
  readonly backup: boolean;
  /** Who executes, for the notebooks' metadata: `parallel-notebooks/1.2.3`. */
  readonly version: string;
  /** Absolute; paths in the notebooks' metadata are relative to it. */
  readonly workingDirectory: string;
  /** What is kept of outputs. */
  readonly outputLimits: OutputLimits;
}

/** One attempt at a run: a fresh kernel, all cells in order, the notebook saved whatever happens. */
export async function runAttempt(
  run: Run,
  prepared: PreparedNotebook,
  context: RunContext,
): Promise<AttemptRecord> {
  const record = new AttemptRecord(prepared, context);
  const saver = new SaveSometimes({ ...context, path: run.outputPath, notebook: prepared.notebook });
  const { signal, cancel } = withDeadline(run, context);
  let session: KernelSession | undefined;
  try {
    await saver.begin(); // also proves that the file can be written before anything runs
    session = await openKernel(context.kernels, run, signal);
    prepared.notebook.metadata['language_info'] = session.languageInfo;
    await runCells(run, { record, session, saver, signal, context });
  } catch (error) {
    noteFailure(record, error, signal);
  } finally {
    cancel();
    await saver.end();
    record.outputs.finish();
    record.usage = session?.usage();
    session?.close();
  }
  return record;
}

async function runCells(
  run: Run,
  parts: {
    record: AttemptRecord;
    session: KernelSession;
    saver: SaveSometimes;
    signal: AbortSignal;
    context: RunContext;
  },
): Promise<void> {
  const { record, session, saver, signal, context } = parts;
  const { notebook } = record.prepared;
  const cells = executableCells(notebook);
  for (const [position, { cell, index }] of cells.entries()) {
    context.progress({ kind: 'cell-started', run, cell: position + 1, of: cells.length });
    const outcome = await runCell({
      session,
      clock: context.clock,
      code: cell.source,
      // Else ipykernel may refuse the next cell, which follows at once.
      stopOnError: !run.settings.allowErrors && !hasTag(cell, 'raises-exception'),
      timeoutMs:
        metadataTimeoutMs(cell.metadata) ??
        metadataTimeoutMs(notebook.metadata) ??
        run.settings.cellTimeoutMs,
      signal,
      onSent: (requestId) => record.beginCell(index, requestId),
      onMessage: (message) => {
        record.receive(message, session);
        saver.changed();
      },
    });
    const verdict = record.endCell(cell, index, outcome);
    if (verdict.kind === 'ended' || verdict.kind === 'broken') return;
    if (verdict.kind === 'failed' && !run.settings.allowErrors) return;
  }
  record.passCells(notebook.cells.length);
}

/** The context's signal, and the run's own deadline. */
function withDeadline(run: Run, context: RunContext): { signal: AbortSignal; cancel: () => void } {
  const limitMs = run.settings.timeoutMs;
  if (limitMs === undefined) return { signal: context.signal, cancel: () => undefined };
  const deadline = new AbortController();
  const stop = new StopRequest({ kind: 'timed-out', limit: 'run', limitMs });
  const cancel = context.clock.after(limitMs, () => deadline.abort(stop));
  return { signal: AbortSignal.any([context.signal, deadline.signal]), cancel };
}

/** What ended the attempt outside a cell: while its kernel started, or while a file was written. */
function noteFailure(record: AttemptRecord, error: unknown, signal: AbortSignal): void {
  if (signal.aborted) {
    const cause = stopCauseOf(signal.reason);
    if (cause.kind === 'timed-out') {
      const evalue = `The ${cause.limit} took longer than its limit of ${cause.limitMs / 1000} s, before its first cell.`;
      record.fail('timed-out', { ename: 'TimeoutError', evalue, traceback: [] });
    } else if (cause.kind === 'broken') {
      record.fail('infra-error', { ename: cause.ename, evalue: cause.detail, traceback: [] });
    } else {
      const evalue = 'The batch was cancelled while the kernel started.';
      record.fail('cancelled', { ename: 'Cancelled', evalue, traceback: [] });
    }
  } else if (error instanceof KernelStartError) {
    record.fail('kernel-start-failed', { ename: error.name, evalue: error.message, traceback: [] });
  } else {
    const ename = error instanceof Error ? error.name : 'Error';
    record.fail('infra-error', { ename, evalue: messageOf(error), traceback: [] });
  }
}
