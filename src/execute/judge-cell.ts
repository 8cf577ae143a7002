import type { RunStatus } from '../model.ts';
import type { ErrorOutput, JsonObject } from '../notebook/types.ts';
import type { CellOutcome, StopCause } from './cell-state.ts';
import type { KernelExit } from './ports.ts';

/** What a cell's error says, with the kernel's colours still in the traceback. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type CellVerdict =
  | { readonly kind: 'passed'; readonly warning: string | undefined }
  /** The notebook ended itself on purpose: `sys.exit(0)`, `quit()`. */
  | { readonly kind: 'ended' }
  /** An error that fails the run; with `allow-errors` the next cell is executed all the same. */
  | { readonly kind: 'failed'; readonly error: CellError }
  /** Nothing more can be executed. */
  | { readonly kind: 'broken'; readonly status: RunStatus; readonly error: CellError };

/** SystemExit values that mean success: papermill's rule, and `sys.exit(None)`, which Python treats alike. */
const SUCCESSFUL_EXITS = ['', '0', 'None'];

/** The second is what kernels of the protocol before 5.1 say. */
const ABORTED: readonly unknown[] = ['aborted', 'abort'];

/** What a cell's outcome means for its run. `errorOutput` is the cell's last output of type error. */
export function judgeCell(cell: {
  outcome: CellOutcome;
  errorOutput: ErrorOutput | undefined;
  tags: readonly string[];
}): CellVerdict {
  const { outcome } = cell;
  switch (outcome.kind) {
    case 'replied':
      return judgeReply(outcome.reply, cell.errorOutput, cell.tags);
    case 'no-reply':
      return broken('infra-error', 'NoReply', 'The kernel said it was idle but never answered the request.');
    case 'stopped':
      return judgeStop(outcome.cause);
    case 'died':
      return broken('kernel-died', 'KernelDied', deathMessage(outcome.exit), outcome.exit.stderr);
    case 'disconnected':
      return broken('infra-error', 'Disconnected', `While this cell ran, ${outcome.detail}.`);
  }
}

function judgeReply(
  reply: JsonObject,
  errorOutput: ErrorOutput | undefined,
  tags: readonly string[],
): CellVerdict {
  const mayRaise = tags.includes('raises-exception');
  const error = named(errorOutput ?? (reply['status'] === 'error' ? errorOfReply(reply) : undefined));
  if (error === undefined && ABORTED.includes(reply['status'])) {
    return {
      kind: 'failed',
      error: { ename: 'Aborted', evalue: 'The kernel refused to run this cell.', traceback: [] },
    };
  }
  if (error === undefined) {
    if (asksToExit(reply)) return { kind: 'ended' };
    const warning = mayRaise ? 'is tagged raises-exception but raised nothing' : undefined;
    return { kind: 'passed', warning };
  }
  if (mayRaise) return { kind: 'passed', warning: undefined };
  const succeeded = error.ename === 'SystemExit' && SUCCESSFUL_EXITS.includes(error.evalue);
  return succeeded ? { kind: 'ended' } : { kind: 'failed', error };
}

function judgeStop(cause: StopCause): CellVerdict {
  switch (cause.kind) {
    case 'cancelled':
      return broken('cancelled', 'Cancelled', 'The batch was cancelled while this cell ran.');
    case 'broken':
      return broken('infra-error', cause.ename, `While this cell ran: ${cause.detail}`);
    case 'input-requested': {
      const evalue = 'This cell asked for input, which nobody can give in a batch. Use a parameter instead.';
      return broken('failed', 'StdinNotImplementedError', evalue);
    }
    case 'timed-out': {
      const [ename, whose] = TIMEOUTS[cause.limit];
      return broken('timed-out', ename, `${whose} took longer than its limit of ${cause.limitMs / 1000} s.`);
    }
  }
}

const TIMEOUTS = {
  cell: ['CellTimeoutError', 'This cell'],
  run: ['RunTimeoutError', 'The run'],
  batch: ['BatchTimeoutError', 'The batch'],
} as const;

/** Says how the kernel's process ended, as far as anybody knows. */
export function deathMessage(exit: KernelExit): string {
  const how =
    exit.signal !== undefined
      ? ` by ${exit.signal}`
      : exit.exitCode !== undefined
        ? ` with exit status ${exit.exitCode}`
        : '';
  const why = exit.outOfMemory
    ? ' The machine was out of memory: the system killed a process meanwhile.'
    : '';
  return `The kernel's process ended${how} during this cell.${why} Output of its last moments may be missing.`;
}

/** The error an execute_reply carries, for when no error output arrived. */
export function errorOfReply(reply: JsonObject): CellError {
  const { ename, evalue, traceback } = reply;
  return {
    ename: typeof ename === 'string' ? ename : 'Error',
    evalue: typeof evalue === 'string' ? evalue : '',
    traceback: Array.isArray(traceback) ? traceback.filter((line) => typeof line === 'string') : [],
  };
}

/** bash_kernel gives its errors no name, and for their text the status of the last command. */
function named(error: CellError | undefined): CellError | undefined {
  if (error === undefined || error.ename !== '') return error;
  const { evalue, traceback } = error;
  const status = /^\d+$/.test(evalue) ? `The last command ended with status ${evalue}.` : evalue;
  return { ename: 'Error', evalue: status, traceback };
}

/** `quit()` and `exit()` of IPython raise nothing: they ask the front end to end the kernel. */
function asksToExit(reply: JsonObject): boolean {
  const payload = reply['payload'];
  return (
    Array.isArray(payload) &&
    payload.some(
      (item) => typeof item === 'object' && item !== null && 'source' in item && item.source === 'ask_exit',
    )
  );
}

function broken(status: RunStatus, ename: string, evalue: string, traceback = ''): CellVerdict {
  return {
    kind: 'broken',
    status,
    error: { ename, evalue, traceback: traceback === '' ? [] : traceback.split('\n') },
  };
}
