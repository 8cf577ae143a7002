import type { JsonObject } from '../notebook/types.ts';
import type { KernelExit } from './ports.ts';

/** Why a cell was told to stop. */
export type StopCause =
  | { readonly kind: 'timed-out'; readonly limit: 'cell' | 'run' | 'batch'; readonly limitMs: number }
  | { readonly kind: 'cancelled' }
  /** The machinery around the runs failed for good: a server that cannot be replaced, a bug of ours. */
  | { readonly kind: 'broken'; readonly ename: string; readonly detail: string }
  /** The notebook asked for input, which nobody can give. */
  | { readonly kind: 'input-requested' };

export type CellEvent =
  | { readonly kind: 'replied'; readonly reply: JsonObject }
  | { readonly kind: 'idle' }
  /** Reply or idle has come, the other has not, and nothing at all for a while. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'stop'; readonly cause: StopCause }
  /** The time a kernel has for coming back from an interrupt is over. */
  | { readonly kind: 'grace-over' }
  | { readonly kind: 'died'; readonly exit: KernelExit }
  | { readonly kind: 'disconnected'; readonly detail: string };

export type CellOutcome =
  /** `idle` false: the kernel answered but never said that it was done, so output may be missing. */
  | { readonly kind: 'replied'; readonly reply: JsonObject; readonly idle: boolean }
  | { readonly kind: 'no-reply' }
  | { readonly kind: 'stopped'; readonly cause: StopCause }
  | { readonly kind: 'died'; readonly exit: KernelExit }
  | { readonly kind: 'disconnected'; readonly detail: string };

export type CellState =
  | { readonly phase: 'running'; readonly reply: JsonObject | undefined; readonly idle: boolean }
  /** Interrupted; the first cause is the one that is kept. */
  | {
      readonly phase: 'stopping';
      readonly cause: StopCause;
      readonly reply: JsonObject | undefined;
      readonly idle: boolean;
    }
  | { readonly phase: 'done'; readonly outcome: CellOutcome };

export const CELL_SENT: CellState = { phase: 'running', reply: undefined, idle: false };

/**
 * What one event makes of a cell's state. Reply and idle come in any order, and both are awaited: outputs may
 * follow the reply, and idle comes after the last of them. Once done, nothing changes any more.
 */
export function nextCellState(state: CellState, event: CellEvent): CellState {
  if (state.phase === 'done') return state;
  switch (event.kind) {
    case 'replied':
      return settle({ ...state, reply: state.reply ?? event.reply });
    case 'idle':
      return settle({ ...state, idle: true });
    case 'quiet':
      return state.phase === 'running' ? afterSilence(state) : state;
    case 'stop':
      return state.phase === 'running' ? { ...state, phase: 'stopping', cause: event.cause } : state;
    case 'grace-over':
      return state.phase === 'stopping' ? done({ kind: 'stopped', cause: state.cause }) : state;
    case 'died':
      return done(state.phase === 'stopping' ? { kind: 'stopped', cause: state.cause } : event);
    case 'disconnected':
      return done(state.phase === 'stopping' ? { kind: 'stopped', cause: state.cause } : event);
  }
}

type OpenState = Exclude<CellState, { phase: 'done' }>;

function settle(state: OpenState): CellState {
  if (state.reply === undefined || !state.idle) return state;
  return state.phase === 'stopping'
    ? done({ kind: 'stopped', cause: state.cause })
    : done({ kind: 'replied', reply: state.reply, idle: true });
}

function afterSilence(state: OpenState): CellState {
  if (state.reply !== undefined) return done({ kind: 'replied', reply: state.reply, idle: false });
  return state.idle ? done({ kind: 'no-reply' }) : state;
}

function done(outcome: CellOutcome): CellState {
  return { phase: 'done', outcome };
}
