import { InfrastructureError, messageOf, UserError } from './errors.ts';
import { executeBatch } from './execute/execute-batch.ts';
import type { EarlierRun } from './execute/order-runs.ts';
import type { BatchKernels, Clock, NotebookFiles, Progress } from './execute/ports.ts';
import { StopRequest } from './execute/stop-request.ts';
import type { BatchResult, Plan, Request } from './model.ts';
import { planRuns } from './plan/plan-runs.ts';
import type { NotebookSource } from './plan/ports.ts';
import { secretParametersWarning } from './report/known-secrets.ts';
import { redactBatch } from './report/redact-batch.ts';
import type { Redact } from './report/redact.ts';
import { VERSION } from './version.ts';

/** The world around a batch, as the composition root builds it. */
export interface World {
  readonly notebooks: NotebookSource;
  readonly files: NotebookFiles;
  readonly clock: Clock;
  readonly progress: Progress;
  /** CPUs this process may use. */
  readonly cpus: number;
  /** Ends the batch; its reason is a StopRequest. */
  readonly signal: AbortSignal;
  /** Kernels of a server that is started for this batch, and ended when they are disposed. */
  startKernels(options: { request: Request; plan: Plan; parallel: number }): Promise<BatchKernels>;
  /** What an earlier batch has left about its runs, by their names. */
  earlierRuns?(): Promise<ReadonlyMap<string, EarlierRun>>;
  /** For all kernels together; undefined = nobody knows. */
  memoryBytes?(): number | undefined;
  /** Takes the output folder for this batch alone; refuses one that cannot be had, before anything has run. */
  takeOutput(plan: Plan, directory: string): Promise<AsyncDisposable>;
  writeResults(batch: BatchResult): Promise<void>;
  /** Hides secrets in the results; undefined = nothing is hidden. (What the files hide is their own business.) */
  readonly redact: Redact | undefined;
}

/** What happened, with its secrets hidden, and how many there were. */
export interface Outcome {
  readonly batch: BatchResult;
  readonly hidden: number;
  /** Why there is no results.json. */
  readonly unwritten: InfrastructureError | undefined;
}

/** The whole story: what will run, running it, and leaving its results. Throws UserError before anything ran. */
export async function runBatch(request: Request, world: World): Promise<Outcome> {
  const plan = await planRuns(request, world.notebooks);
  const secret = secretParametersWarning(plan.runs.map(({ parameters }) => parameters));
  for (const text of [...plan.warnings, ...(secret === undefined ? [] : [secret])]) {
    world.progress({ kind: 'notice', run: undefined, level: 'warning', text });
  }
  await using owned = new AsyncDisposableStack();
  owned.use(await world.takeOutput(plan, request.outputDir));
  const asked = request.maxParallel === 'auto' ? world.cpus : request.maxParallel;
  const parallel = Math.min(asked, plan.runs.length);
  await using jupyter = await world.startKernels({ request, plan, parallel });
  refuseUnknownKernels(plan, jupyter.installed);
  const { kernels } = jupyter;
  using deadline = batchDeadline(request, world);
  const signal = AbortSignal.any([deadline.signal, jupyter.lost]);
  const { backup, workingDirectory, outputLimits } = request;
  const version = `parallel-notebooks/${VERSION}`;
  const context = { ...world, kernels, backup, version, workingDirectory, outputLimits, signal };
  const executed = await executeBatch(plan, context, {
    parallel,
    failFast: request.failFast,
    earlier: (await world.earlierRuns?.()) ?? new Map(),
    memoryBytes: world.memoryBytes?.(),
  });
  const { redact } = world;
  const { batch, hits } = redact === undefined ? { batch: executed, hits: 0 } : redactBatch(executed, redact);
  // A full disk must not keep anybody from being told what happened.
  const unwritten = await world.writeResults(batch).then(() => undefined, asUnwritten);
  return { batch, hidden: hits, unwritten };
}

function asUnwritten(error: unknown): InfrastructureError {
  return new InfrastructureError(`results.json could not be written: ${messageOf(error)}.`, { cause: error });
}

/** The world's signal, and the batch's own deadline from now on. */
function batchDeadline({ batchTimeoutMs }: Request, world: World): Disposable & { signal: AbortSignal } {
  if (batchTimeoutMs === undefined) return { signal: world.signal, [Symbol.dispose]: () => undefined };
  const deadline = new AbortController();
  const stop = new StopRequest({ kind: 'timed-out', limit: 'batch', limitMs: batchTimeoutMs });
  const cancel = world.clock.after(batchTimeoutMs, () => deadline.abort(stop));
  return { signal: AbortSignal.any([world.signal, deadline.signal]), [Symbol.dispose]: cancel };
}

function refuseUnknownKernels(plan: Plan, installed: readonly string[]): void {
  const problems = plan.runs
    .filter((run) => !installed.includes(run.kernelName))
    .map((run) => ({
      file: run.notebook,
      message:
        `run "${run.name}" needs the kernel "${run.kernelName}", which is not installed. ` +
        `Installed: ${installed.join(', ')}. Install it, or name another in the entry's "run": {"kernel": "…"}.`,
    }));
  if (problems.length > 0) throw new UserError('A kernel is missing.', { problems });
}
