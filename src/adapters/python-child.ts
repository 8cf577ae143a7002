import { spawn } from 'node:child_process';

export interface PythonChild {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Open file that receives everything it prints; undefined = collected and returned. */
  readonly outputFile?: number | undefined;
}

export type ChildEnd =
  /** `code` is null when a signal ended it. The texts are empty when an output file was given. */
  | {
      readonly kind: 'exited';
      readonly code: number | null;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** There is no such program, or it may not be executed. */
  | { readonly kind: 'not-started'; readonly reason: string }
  | { readonly kind: 'timed-out' };

/** From asking a process to end until it is made to. pip ends at once; a compiler that it started may not. */
const KILL_GRACE_MS = 2_000;

/**
 * Runs a program to its end. On expiry of the deadline, and on abort, it is ended with everything it started.
 * Rejects only on abort, with the signal's reason, when the processes are gone.
 */
export async function runPythonChild(options: PythonChild): Promise<ChildEnd> {
  const { command, args, env, deadlineMs, signal, outputFile } = options;
  signal.throwIfAborted();
  const output = outputFile ?? 'pipe';
  // A process group of its own, so that all of it can be ended: pip starts compilers.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { env, detached, stdio: ['ignore', output, output], windowsHide: true });

  const { promise, resolve } = Promise.withResolvers<ChildEnd>();
  const timers: NodeJS.Timeout[] = [];
  let timedOut = false;
  const end = () => {
    killGroup(child.pid, 'SIGTERM');
    timers.push(setTimeout(() => killGroup(child.pid, 'SIGKILL'), KILL_GRACE_MS));
    // A stray that left the group may hold the pipes for ever: do not wait for their end.
    timers.push(setTimeout(() => resolve({ kind: 'timed-out' }), 2 * KILL_GRACE_MS));
  };
  timers.push(
    setTimeout(() => {
      timedOut = true;
      end();
    }, deadlineMs),
  );
  signal.addEventListener('abort', end, { once: true });

  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.once('error', (error) => resolve({ kind: 'not-started', reason: error.message }));
  child.once('close', (code) => {
    const texts = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
    resolve(timedOut ? { kind: 'timed-out' } : { kind: 'exited', code, ...texts });
  });

  try {
    const outcome = await promise;
    signal.throwIfAborted();
    return outcome;
  } finally {
    signal.removeEventListener('abort', end);
    timers.forEach(clearTimeout);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

function killGroup(pid: number | undefined, signalName: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, signalName);
  } catch {
    // All of it is gone already.
  }
}
