import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KernelAPI, type ServerConnection } from '@jupyterlab/services';
import pLimit, { type LimitFunction } from 'p-limit';
import { messageOf } from '../errors.ts';
import { type Kernels, type KernelSession, KernelStartError } from '../execute/ports.ts';
import type { Run } from '../model.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import { type Environment, RUN_MARK } from './kernel-environment.ts';
import type { JupyterServer } from './jupyter-server.ts';
import { JupyterSession } from './jupyter-session.ts';
import { KernelProcess } from './kernel-process.ts';
import { endLeftoversOfKernel, processIds } from './leftover-processes.ts';

/** Kernels on a server of ours. Disposing waits until every one of them has been shut down. */
export class JupyterKernels implements Kernels, AsyncDisposable {
  readonly #server: JupyterServer;
  readonly #environment: Environment;
  readonly #sharesImports: boolean;
  readonly #outputLimits: OutputLimits;
  /** Starting a kernel is mostly CPU: all at once, each of them would be slow to answer. */
  readonly #gate: LimitFunction;
  readonly #onNote: (run: Run, note: string) => void;
  readonly #onLeftovers: (run: Run, count: number) => void;
  readonly #closing = new Set<Promise<void>>();
  readonly #olderProcesses: ReadonlySet<string> = new Set(processIds());

  constructor(options: {
    server: JupyterServer;
    environment: Environment;
    /** Whether forked kernels have modules that their notebooks did not import. */
    sharesImports: boolean;
    outputLimits: OutputLimits;
    startingAtOnce: number;
    /** Told what about a kernel's start was not as usual. */
    onNote: (run: Run, note: string) => void;
    /** Told how many processes a run has left, once they have been ended. */
    onLeftovers: (run: Run, count: number) => void;
  }) {
    this.#server = options.server;
    this.#environment = options.environment;
    this.#sharesImports = options.sharesImports;
    this.#outputLimits = options.outputLimits;
    this.#gate = pLimit(options.startingAtOnce);
    this.#onNote = options.onNote;
    this.#onLeftovers = options.onLeftovers;
  }

  open(run: Run, signal: AbortSignal): Promise<KernelSession> {
    return this.#gate(() => this.#start(run, signal));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#closing);
  }

  async #start(run: Run, signal: AbortSignal): Promise<KernelSession> {
    signal.throwIfAborted();
    // Counted from here, not from the queue in front of the gate.
    const deadline = AbortSignal.timeout(run.settings.startTimeoutMs);
    const stop = AbortSignal.any([signal, deadline]);
    const { launchId, process } = await this.#writeOrder(run);
    let session: JupyterSession | undefined;
    try {
      const settings = withSignal(this.#server.settings, stop);
      const model = await KernelAPI.startNew({ name: run.kernelName, path: launchId } as object, settings);
      for (const note of process.notes) this.#onNote(run, note);
      session = new JupyterSession({
        model,
        settings: this.#server.settings,
        process,
        outputLimits: this.#outputLimits,
        onClose: (closing) => this.#waitFor(this.#endLeftovers(run, { closing, launchId, process })),
      });
      await this.#readyWhileServerLives(session, stop);
      return session;
    } catch (error) {
      session?.close();
      if (signal.aborted) throw signal.reason;
      throw startError(run, { error, timedOut: deadline.aborted, stderr: process.stderrTail() });
    }
  }

  async #readyWhileServerLives(session: JupyterSession, stop: AbortSignal): Promise<void> {
    this.#server.onExit((detail) => session.disconnect(detail));
    await session.ready(stop);
  }

  /** See python/batch_kernels.py: REST has no words for a kernel's environment and directory. */
  async #writeOrder(run: Run): Promise<{ launchId: string; process: KernelProcess }> {
    const launchId = randomUUID();
    const directory = join(this.#server.runtimeDir, 'launch');
    const logPath = join(directory, `${launchId}.log`);
    const order = {
      cwd: run.settings.cwd,
      env: {
        ...this.#environment,
        ...Object.fromEntries(run.settings.env),
        [RUN_MARK]: launchId,
      },
      log: logPath,
      memory: run.settings.memoryLimitBytes ?? null,
      fork: !this.#sharesImports || run.settings.preload.length > 0,
    };
    await writeFile(join(directory, `${launchId}.json`), JSON.stringify(order), { mode: 0o600 });
    const factsPath = join(directory, `${launchId}.process.json`);
    return { launchId, process: new KernelProcess({ factsPath, logPath }) };
  }

  async #endLeftovers(
    run: Run,
    kernel: { closing: Promise<void>; launchId: string; process: KernelProcess },
  ): Promise<void> {
    const { pid } = kernel.process; // told in a file that may go with its server
    await kernel.closing;
    const count = await endLeftoversOfKernel(kernel.launchId, { kernel: pid, older: this.#olderProcesses });
    if (count > 0) this.#onLeftovers(run, count);
  }

  #waitFor(closing: Promise<void>): void {
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }
}

function withSignal(settings: ServerConnection.ISettings, signal: AbortSignal): ServerConnection.ISettings {
  return { ...settings, fetch: (input, init) => fetch(input, { ...init, signal }) };
}

function startError(
  run: Run,
  failure: { error: unknown; timedOut: boolean; stderr: string },
): KernelStartError {
  const seconds = run.settings.startTimeoutMs / 1000;
  const reason = failure.timedOut
    ? `it did not answer within ${seconds} s. A slow machine may need a longer start-timeout`
    : messageOf(failure.error);
  const said = failure.stderr === '' ? '' : `\nThe kernel's last words:\n${failure.stderr}`;
  return new KernelStartError(`Kernel "${run.kernelName}" did not start: ${reason}.${said}`, {
    cause: failure.error,
    again: !failure.timedOut,
  });
}
