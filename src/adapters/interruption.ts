import { messageOf } from '../errors.ts';
import { StopRequest } from '../execute/stop-request.ts';

/** A terminal and a parent that passes signals on, or timeout(1), deliver one signal twice: nobody presses keys that fast. */
const SAME_SIGNAL_MS = 100;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns signals, and bugs of our own, into an AbortSignal: the first asks the batch to end in good order, a second
 * signal ends everything at once. On a runner, a cancelled job gets 7.5 s after SIGINT before SIGTERM comes.
 */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners: { readonly onFirst: () => void; readonly onSecond: () => void };
  #by: NodeJS.Signals | undefined;
  #bug: unknown;
  #firstAtMs = 0;

  /** `onFirst` tells people what happens now; `onSecond` kills what runs, by force and without waiting. */
  constructor(listeners: { readonly onFirst: () => void; readonly onSecond: () => void }) {
    this.#listeners = listeners;
    for (const name of SIGNALS) process.on(name, this.#onSignal);
    process.on('uncaughtException', this.#onBug);
    process.on('unhandledRejection', this.#onBug);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The signal that ended the batch; undefined when none came. */
  get by(): 'SIGINT' | 'SIGTERM' | undefined {
    return this.#by === undefined ? undefined : this.#by === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
  }

  /** What was thrown where nobody caught it; undefined when nothing was. */
  get bug(): unknown {
    return this.#bug;
  }

  [Symbol.dispose](): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
    process.off('uncaughtException', this.#onBug);
    process.off('unhandledRejection', this.#onBug);
  }

  readonly #onSignal = (name: NodeJS.Signals): void => {
    if (this.#by !== undefined) {
      if (performance.now() - this.#firstAtMs < SAME_SIGNAL_MS) return;
      this.#listeners.onSecond();
      process.exit(name === 'SIGINT' ? 130 : 143);
    }
    this.#by = name;
    this.#firstAtMs = performance.now();
    this.#listeners.onFirst();
    this.#controller.abort(new StopRequest({ kind: 'cancelled' }));
  };

  readonly #onBug = (thrown: unknown): void => {
    this.#bug ??= thrown;
    const detail = `this program has a bug, which ended the batch (${messageOf(thrown)}).`;
    this.#controller.abort(new StopRequest({ kind: 'broken', ename: 'InternalError', detail }));
  };
}
