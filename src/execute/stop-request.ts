import type { StopCause } from './cell-state.ts';

/** The reason of an abort signal that ends runs: why, so that it can be told. */
export class StopRequest extends Error {
  override readonly name = 'StopRequest';
  readonly stop: StopCause;

  constructor(stop: StopCause) {
    super(`stopped: ${stop.kind}`);
    this.stop = stop;
  }
}

/** Why a signal was aborted; any reason that is not a StopRequest counts as a cancellation. */
export function stopCauseOf(reason: unknown): StopCause {
  return reason instanceof StopRequest ? reason.stop : { kind: 'cancelled' };
}
