import type { KernelMessage } from '../notebook/types.ts';
import { type CellEvent, type CellOutcome, type CellState, CELL_SENT, nextCellState } from './cell-state.ts';
import type { Clock, KernelEvent, KernelSession } from './ports.ts';
import { stopCauseOf } from './stop-request.ts';

/**
 * After reply or idle, how long nothing at all may come before the other is given up. nbclient and papermill
 * wait 4 s for idle whatever arrives in between; here every message starts the wait anew.
 */
const QUIET_MS = 10_000;
/** But not those that greet a new connection: one that is cut again and again has no end of them. */
const GREETINGS: readonly string[] = ['status', 'kernel_info_reply', 'iopub_welcome'];
/** What a kernel gets to come back from an interrupt before it is killed. */
const INTERRUPT_GRACE_MS = 5_000;
/** The same when the batch is cancelled: a runner allows 7.5 s for everything, saving included. */
const CANCEL_GRACE_MS = 2_000;

export interface CellRequest {
  readonly session: KernelSession;
  readonly clock: Clock;
  readonly code: string;
  readonly stopOnError: boolean;
  /** Undefined = no limit. */
  readonly timeoutMs: number | undefined;
  /** Says stop: its reason is a StopRequest. */
  readonly signal: AbortSignal;
  /** Called with the request's id before any message of it can come. */
  readonly onSent: (requestId: string) => void;
  /** Called for every message of the kernel, also those of earlier cells. */
  readonly onMessage: (message: KernelMessage) => void;
}

/** Executes one cell and resolves with how it ended; it always ends, and never rejects. */
export function runCell(request: CellRequest): Promise<CellOutcome> {
  const { session, clock, signal } = request;
  const ended = Promise.withResolvers<CellOutcome>();
  let state: CellState = CELL_SENT;
  let requestId = '';
  const timers: (() => void)[] = [];
  let unquiet: () => void = () => undefined;

  const take = (event: CellEvent): void => {
    if (state.phase === 'done') return;
    const before = state;
    state = nextCellState(before, event);
    unquiet();
    if (state.phase === 'done') finish(state.outcome, event);
    else if (state.phase === 'stopping' && before.phase === 'running') {
      const hurried = state.cause.kind === 'cancelled' || state.cause.kind === 'broken';
      const graceMs = hurried ? CANCEL_GRACE_MS : INTERRUPT_GRACE_MS;
      timers.push(clock.after(graceMs, () => take({ kind: 'grace-over' })));
      void session.interrupt();
    } else if (state.reply !== undefined || state.idle) {
      unquiet = clock.after(QUIET_MS, () => take({ kind: 'quiet' }));
    }
  };

  const finish = (outcome: CellOutcome, last: CellEvent): void => {
    for (const cancel of timers) cancel();
    signal.removeEventListener('abort', abort);
    // Output of threads may come between cells.
    session.listen((event) => {
      if (event.kind === 'message') request.onMessage(event.message);
    });
    // A kernel that ignores interrupts would hold its CPU until the end of the batch.
    if (last.kind === 'grace-over') void session.kill().then(() => ended.resolve(outcome));
    else ended.resolve(outcome);
  };

  const abort = (): void => take({ kind: 'stop', cause: stopCauseOf(signal.reason) });

  session.listen((event) => {
    if (event.kind === 'message') request.onMessage(event.message);
    const known = cellEventOf(event, requestId);
    if (known !== undefined) take(known);
    else if (isGreeting(event)) return;
    else if (state.phase === 'running' && (state.reply !== undefined || state.idle)) {
      unquiet();
      unquiet = clock.after(QUIET_MS, () => take({ kind: 'quiet' }));
    }
  });
  requestId = session.execute({ code: request.code, stopOnError: request.stopOnError });
  request.onSent(requestId);
  if (request.timeoutMs !== undefined) {
    const cause = { kind: 'timed-out', limit: 'cell', limitMs: request.timeoutMs } as const;
    timers.push(clock.after(request.timeoutMs, () => take({ kind: 'stop', cause })));
  }
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return ended.promise;
}

function isGreeting(event: KernelEvent): boolean {
  return event.kind === 'message' && GREETINGS.includes(event.message.type);
}

function cellEventOf(event: KernelEvent, requestId: string): CellEvent | undefined {
  if (event.kind !== 'message') return event;
  const { message } = event;
  if (message.channel === 'stdin') return { kind: 'stop', cause: { kind: 'input-requested' } };
  if (message.parentId !== requestId) return undefined;
  if (message.channel === 'shell' && message.type === 'execute_reply') {
    return { kind: 'replied', reply: message.content };
  }
  const idle = message.type === 'status' && message.content['execution_state'] === 'idle';
  return idle ? { kind: 'idle' } : undefined;
}
