import type { KernelEvent, Kernels, KernelSession, ResourceUsage } from '../../src/execute/ports.ts';
import type { Run } from '../../src/model.ts';
import type { JsonObject, KernelMessage } from '../../src/notebook/types.ts';

/** What a fake kernel does with a cell: its messages come as if from the kernel, reply and idle included. */
export type CellScript = (cell: FakeCell) => void;

/** One execute_request, and the means to answer it. */
export interface FakeCell {
  readonly code: string;
  readonly run: Run;
  emit(type: string, content: JsonObject, channel?: KernelMessage['channel']): void;
  reply(content: JsonObject): void;
  idle(): void;
  /** Reply ok, and idle. */
  finish(): void;
  /** An error output, the reply that goes with it, and idle. */
  raise(ename: string, evalue: string): void;
  event(event: KernelEvent): void;
}

/** Kernels that answer by a script instead of by executing: the code of a cell names what happens. */
export class FakeKernels implements Kernels {
  readonly opened: Run[] = [];
  readonly sessions: FakeSession[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  readonly #script: CellScript;
  readonly #start: (run: Run, attempt: number) => void;

  /** `start` throws what a start should throw. */
  constructor(script: CellScript, start: (run: Run, attempt: number) => void = () => undefined) {
    this.#script = script;
    this.#start = start;
  }

  async open(run: Run): Promise<KernelSession> {
    await Promise.resolve();
    this.opened.push(run);
    this.#start(run, this.opened.filter(({ name }) => name === run.name).length);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    const session = new FakeSession(run, this.#script, () => (this.atOnce -= 1));
    this.sessions.push(session);
    return session;
  }
}

export class FakeSession implements KernelSession {
  readonly languageInfo: JsonObject = { name: 'python' };
  readonly codes: string[] = [];
  interrupts = 0;
  kills = 0;
  closed = false;
  readonly #run: Run;
  readonly #script: CellScript;
  readonly #onClose: () => void;
  #listener: (event: KernelEvent) => void = () => undefined;
  #messages = 0;
  onInterrupt: () => void = () => undefined;

  constructor(run: Run, script: CellScript, onClose: () => void = () => undefined) {
    this.#run = run;
    this.#script = script;
    this.#onClose = onClose;
  }

  execute({ code }: { code: string }): string {
    this.codes.push(code);
    const requestId = `request-${this.codes.length}`;
    // Messages come later, as they do over a socket.
    queueMicrotask(() => {
      const cell = this.cell(code, requestId);
      cell.emit('status', { execution_state: 'busy' });
      cell.emit('execute_input', { code, execution_count: this.codes.length });
      this.#script(cell);
    });
    return requestId;
  }

  cell(code: string, requestId: string): FakeCell {
    const emit: FakeCell['emit'] = (type, content, channel = 'iopub') => {
      const id = `fake_1_${this.#messages++}`;
      const message = {
        channel,
        type,
        id,
        parentId: requestId,
        date: undefined,
        content,
        metadata: {},
        buffers: [],
      };
      this.#listener({ kind: 'message', message });
    };
    const reply: FakeCell['reply'] = (content) => emit('execute_reply', content, 'shell');
    const idle = (): void => emit('status', { execution_state: 'idle' });
    return {
      code,
      run: this.#run,
      emit,
      reply,
      idle,
      finish: () => {
        reply({ status: 'ok', execution_count: this.codes.length });
        idle();
      },
      raise: (ename, evalue) => {
        const error = { ename, evalue, traceback: [`${ename}: ${evalue}`] };
        emit('error', error);
        reply({ status: 'error', ...error });
        idle();
      },
      event: (event) => this.#listener(event),
    };
  }

  sendComm(): void {
    // Nobody listens to comms here.
  }

  async interrupt(): Promise<void> {
    this.interrupts += 1;
    this.onInterrupt();
    return Promise.resolve();
  }

  async kill(): Promise<void> {
    this.kills += 1;
    return Promise.resolve();
  }

  listen(listener: (event: KernelEvent) => void): void {
    this.#listener = listener;
  }

  usage(): ResourceUsage | undefined {
    return { peakMemoryBytes: 50_000_000, cpuMs: 100 };
  }

  close(): void {
    if (!this.closed) this.#onClose();
    this.closed = true;
  }
}
