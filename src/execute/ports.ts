/** What execution needs from the world, in its own words. Adapters fit Jupyter and the file system to it. */
import type { BatchEvent, Run } from '../model.ts';
import type { JsonObject, KernelMessage, Notebook } from '../notebook/types.ts';

/** Starts kernels. */
export interface Kernels {
  /**
   * Starts a fresh kernel for the run and resolves once it has answered `kernel_info`.
   * Throws KernelStartError when it does not; the caller may try again, for nothing was executed.
   */
  open(run: Run, signal: AbortSignal): Promise<KernelSession>;
}

/** One live kernel of one run. Disposing it shuts the kernel down and never throws. */
export interface KernelSession extends AsyncDisposable {
  /** `language_info` of the kernel's `kernel_info_reply`. */
  readonly languageInfo: JsonObject;
  /** Whether gaps in message ids count lost messages (ipykernel's ids end in a counter). */
  readonly countsMessages: boolean;
  /** Sends an execute_request and returns its message id; whatever follows arrives as events. */
  execute(request: { code: string; stopOnError: boolean }): string;
  /** Sends a comm_msg on the shell channel: what an Output widget's state needs. */
  sendComm(content: JsonObject, parent: KernelMessage): void;
  interrupt(): Promise<void>;
  /** One listener at a time; called synchronously, in order of arrival. */
  listen(listener: (event: KernelEvent) => void): void;
}

export type KernelEvent =
  | { readonly kind: 'message'; readonly message: KernelMessage }
  /** The kernel's process ended. It is said once, after the last message. */
  | { readonly kind: 'died'; readonly detail: string }
  /** The way to the kernel is gone: server killed, connection lost for good. */
  | { readonly kind: 'disconnected'; readonly detail: string };

/** The kernel never became ready. */
export class KernelStartError extends Error {
  override readonly name = 'KernelStartError';
}

export interface NotebookFiles {
  /** Text of a source notebook; throws when it cannot be read. */
  read(path: string): Promise<string>;
  /** Writes the executed notebook so that a reader sees the old file or the new one, never half of one. */
  save(path: string, notebook: Notebook): Promise<void>;
}

export interface Clock {
  /** Monotonic milliseconds, for durations and deadlines. */
  now(): number;
  date(): Date;
  /** Calls back once after the delay; returns a function that takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}

export type Progress = (event: BatchEvent) => void;
