/** What execution needs from the world, in its own words. Adapters fit Jupyter and the file system to it. */
import type { BatchEvent, Run } from '../model.ts';
import type { JsonObject, KernelMessage, Notebook } from '../notebook/types.ts';

/** Starts kernels. */
export interface Kernels {
  /**
   * Starts a fresh kernel for the run and resolves once it has answered `kernel_info`, or throws
   * KernelStartError.
   */
  open(run: Run, signal: AbortSignal): Promise<KernelSession>;
}

/** The kernels of a batch. Disposing them waits for every kernel's end, and ends what started them. */
export interface BatchKernels extends AsyncDisposable {
  readonly kernels: Kernels;
  /** Names of the installed kernels, sorted. */
  readonly installed: readonly string[];
  /** Aborted once no more kernels can be had, with a StopRequest that says why. */
  readonly lost: AbortSignal;
}

/** One live kernel of one run. */
export interface KernelSession {
  /** `language_info` of the kernel's `kernel_info_reply`. */
  readonly languageInfo: JsonObject;
  /** Sends an execute_request and returns its message id; whatever follows arrives as events. */
  execute(request: { code: string; stopOnError: boolean }): string;
  /** Sends a comm_msg on the shell channel: what an Output widget's state needs. */
  sendComm(content: JsonObject, parent: KernelMessage): void;
  /** Asks the kernel to stop what it is doing, as Ctrl-C would. Never throws. */
  interrupt(): Promise<void>;
  /** Ends the kernel's process at once. Never throws. */
  kill(): Promise<void>;
  /** One listener at a time; called synchronously, in order of arrival. A session that has ended says so again. */
  listen(listener: (event: KernelEvent) => void): void;
  /** What the kernel's process has used so far; undefined where the system does not tell. */
  usage(): ResourceUsage | undefined;
  /** Shuts the kernel down in its own time; whoever opened the kernels waits for all of them in the end. */
  close(): void;
}

export interface ResourceUsage {
  readonly peakMemoryBytes: number;
  readonly cpuMs: number;
}

export type KernelEvent =
  | { readonly kind: 'message'; readonly message: KernelMessage }
  /** The kernel's process ended. Said once, after the last message. */
  | { readonly kind: 'died'; readonly exit: KernelExit }
  /** The way to the kernel is gone: server killed, connection lost for good. Said once. */
  | { readonly kind: 'disconnected'; readonly detail: string };

/** How a kernel's process ended, as far as is known. */
export interface KernelExit {
  readonly exitCode: number | undefined;
  /** For instance `SIGKILL`. */
  readonly signal: string | undefined;
  /** The system's out-of-memory killer struck while the kernel ran. */
  readonly outOfMemory: boolean;
  /** The last lines that the process wrote by itself, outside the protocol. */
  readonly stderr: string;
}

/** The kernel never became ready; nothing was executed. */
export class KernelStartError extends Error {
  override readonly name = 'KernelStartError';
  /** Whether another attempt may go better: it died or its port was taken; a slow one will be slow again. */
  readonly again: boolean;

  constructor(message: string, options: ErrorOptions & { again: boolean }) {
    super(message, options);
    this.again = options.again;
  }
}

export interface NotebookFiles {
  /** Text of a source notebook; throws when it cannot be read. */
  read(path: string): Promise<string>;
  /** Renames what stands at the path, if anything does, to `…_backup.ipynb`, over an older backup. */
  backUp(path: string): Promise<void>;
  /** Writes the executed notebook so that a reader sees the old file or the new one, never half of one. */
  save(path: string, notebook: Notebook): Promise<void>;
  /** Whether the file at the path is the one that was saved there last. Never throws. */
  isAsWritten(path: string): Promise<boolean>;
}

export interface Clock {
  /** Monotonic milliseconds, for durations and deadlines. */
  now(): number;
  date(): Date;
  /** Calls back once after the delay; returns a function that takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}

export type Progress = (event: BatchEvent) => void;
