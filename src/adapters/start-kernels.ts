import type { BatchKernels } from '../execute/ports.ts';
import type { Run } from '../model.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import { endAbandonedBatches, newBatchId } from './abandoned-batches.ts';
import { JupyterKernels } from './jupyter-kernels.ts';
import { JupyterServer } from './jupyter-server.ts';
import { BATCH_MARK, kernelEnvironment, withoutSecrets } from './kernel-environment.ts';
import { LastingKernels, type ServedKernels } from './lasting-kernels.ts';
import { endLeftovers } from './leftover-processes.ts';

/** Kernels that start at the same time, per CPU: more would only slow each other down. */
const STARTING_PER_CPU = 2;

export interface KernelsOptions {
  /** Interpreter that has jupyter_server and ipykernel. */
  readonly python: string;
  /** The folder `python/` that ships with this program. */
  readonly scripts: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly passEnv: readonly string[];
  readonly cpus: number;
  readonly parallel: number;
  /** What is far beyond them is not even read. */
  readonly outputLimits?: OutputLimits | undefined;
  /** How kernels are forked; without it each one is started as a new process. */
  readonly forking?: Forking | undefined;
  readonly signal: AbortSignal;
  /** Told how to find and end all processes of the batch at once, for the ways out that cannot wait. */
  readonly onStarting: (batchId: string) => void;
  /** Told what had to be mended: of a run, or of the whole batch. */
  readonly onWarning?: ((run: Run | undefined, text: string) => void) | undefined;
}

export interface Forking {
  /** Directory of most runs, absolute. */
  readonly cwd: string;
  /** Modules that forked kernels share. */
  readonly imports: readonly string[];
  /** Told why a kernel was not forked, or what forked kernels do not share; once for each reason. */
  readonly onNote: (run: Run, note: string) => void;
}

interface Started extends ServedKernels {
  readonly server: JupyterServer;
}

/** Starts a Jupyter server for one batch. Disposing ends its kernels, the server, and what notebooks left running. */
export async function startKernels(options: KernelsOptions): Promise<BatchKernels> {
  const batchId = newBatchId();
  options.onStarting(batchId);
  const warn = options.onWarning ?? (() => undefined);
  cleanUpAfterOthers(warn);
  await using started = new AsyncDisposableStack();
  started.defer(async () => {
    await endLeftovers(batchId);
  });
  const first = await startServer(options, batchId);
  const kernels = started.use(
    new LastingKernels({
      first,
      start: () => startServer(options, batchId),
      onReplaced: (detail) => warn(undefined, `${detail}. What still waits runs on another.`),
    }),
  );
  const installed = (await first.server.kernelSpecs()).map(({ name }) => name);
  const owned = started.move();
  return { kernels, installed, lost: kernels.lost, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function startServer(options: KernelsOptions, batchId: string): Promise<Started> {
  const { forking, onWarning } = options;
  const environment = kernelEnvironment({ ...options, batchId });
  await using started = new AsyncDisposableStack();
  const server = started.use(
    await JupyterServer.start({
      python: options.python,
      scripts: options.scripts,
      environment: { ...withoutSecrets(options.environment), [BATCH_MARK]: batchId },
      batchId,
      template: forking && { env: environment, cwd: forking.cwd, imports: forking.imports },
      signal: options.signal,
    }),
  );
  const kernels = started.use(
    new JupyterKernels({
      server,
      environment,
      sharesImports: forking !== undefined && forking.imports.length > 0,
      outputLimits: options.outputLimits ?? {},
      startingAtOnce: Math.max(1, options.cpus * STARTING_PER_CPU),
      onNote: eachOnce(forking?.onNote ?? (() => undefined)),
      onLeftovers: (run, count) => onWarning?.(run, leftoversText(count)),
    }),
  );
  const owned = started.move();
  return {
    server,
    open: (run, signal) => kernels.open(run, signal),
    onServerExit: (listener) => server.onExit(listener),
    withLog: (message) => server.withLog(message),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function cleanUpAfterOthers(warn: (run: undefined, text: string) => void): void {
  const { processes, directories } = endAbandonedBatches();
  if (processes + directories === 0) return;
  const what = `${processes} processes ended, ${directories} runtime folders removed`;
  warn(undefined, `An earlier batch was killed and could not clean up after itself: ${what}.`);
}

function leftoversText(count: number): string {
  const which = count === 1 ? '1 process that its notebook' : `${count} processes that its notebook`;
  return `${which} had left running ${count === 1 ? 'was' : 'were'} ended`;
}

function eachOnce(onNote: Forking['onNote']): Forking['onNote'] {
  const told = new Set<string>();
  return (run, note) => {
    if (!told.has(note)) onNote(run, note);
    told.add(note);
  };
}
