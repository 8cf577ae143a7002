import { randomUUID } from 'node:crypto';
import type { BatchKernels } from '../execute/ports.ts';
import { JupyterKernels } from './jupyter-kernels.ts';
import { JupyterServer } from './jupyter-server.ts';
import { BATCH_MARK, kernelEnvironment, withoutSecrets } from './kernel-environment.ts';
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
  readonly signal: AbortSignal;
  /** Told how to find and end all processes of the batch at once, for the ways out that cannot wait. */
  readonly onStarting: (batchId: string) => void;
}

/** Starts a Jupyter server for one batch. Disposing ends its kernels, the server, and what notebooks left running. */
export async function startKernels(options: KernelsOptions): Promise<BatchKernels> {
  const batchId = randomUUID();
  options.onStarting(batchId);
  await using started = new AsyncDisposableStack();
  started.defer(async () => {
    await endLeftovers(batchId);
  });
  const server = started.use(
    await JupyterServer.start({
      python: options.python,
      scripts: options.scripts,
      environment: { ...withoutSecrets(options.environment), [BATCH_MARK]: batchId },
      signal: options.signal,
    }),
  );
  const kernels = started.use(
    new JupyterKernels({
      server,
      environment: kernelEnvironment({ ...options, batchId }),
      startingAtOnce: Math.max(1, options.cpus * STARTING_PER_CPU),
    }),
  );
  const installed = (await server.kernelSpecs()).map(({ name }) => name);
  const owned = started.move();
  return { kernels, installed, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
