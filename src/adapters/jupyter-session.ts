import {
  type Kernel,
  KernelAPI,
  KernelConnection,
  KernelMessage,
  type ServerConnection,
} from '@jupyterlab/services';
import type { KernelEvent, KernelExit, KernelSession, ResourceUsage } from '../execute/ports.ts';
import { isJsonObject } from '../notebook/json-shape.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import type { JsonObject, KernelMessage as Message } from '../notebook/types.ts';
import { CutWatch } from './cut-watch.ts';
import { FirstAnswer } from './first-answer.ts';
import type { KernelProcess } from './kernel-process.ts';
import { connectionTo } from './kernel-socket.ts';
import { readKernelMessage } from './kernel-wire.ts';
import { forLibrary } from './message-for-library.ts';
import { MessageParts } from './message-parts.ts';
import { RequestWatch } from './request-watch.ts';

/** After the server says that a kernel is dead, its last messages may still be on their way. */
const LAST_MESSAGES_MS = 300;
/** A cut connection that has not come back by then is gone: reconnecting is immediate, then within seconds. */
const RECONNECT_DEADLINE_MS = 15_000;
/** One kernel_info_request may be lost while the kernel starts: ask again. */
const ASK_AGAIN_MS = 3_000;
const REST_DEADLINE_MS = 10_000;
/** The server looks after its kernels every second, and notes the end of one in a file. */
const START_WATCH_MS = 200;
/** What a process used can be read only while it lives: a kernel that dies is known by its last sample. */
const SAMPLE_USAGE_MS = 500;

/**
 * Lifts ZeroMQ's limit of 1,000 unsent messages in ipykernel: beyond it output is dropped in silence. Runs in a
 * namespace of its own and changes nothing a notebook can see.
 */
const UNLIMITED_SENDING = `exec("""try:
    import zmq
    from IPython import get_ipython
    thread = get_ipython().kernel.iopub_thread
    thread.schedule(lambda: thread.socket.setsockopt(zmq.SNDHWM, 0))
except Exception:
    pass
""", {})`;

/** One kernel over one websocket. Every message is read here; the library only keeps the connection. */
export class JupyterSession implements KernelSession {
  readonly #settings: ServerConnection.ISettings;
  readonly #connection: KernelConnection;
  readonly #process: KernelProcess;
  readonly #outputLimits: OutputLimits;
  readonly #parts: MessageParts;
  readonly #firstAnswer = new FirstAnswer(() => this.#ask());
  readonly #onClose: (closing: Promise<void>) => void;
  readonly #watch = new RequestWatch(() => connectionTo(this.#settings, this.id));
  readonly #cut = new CutWatch({
    ask: () => this.#ask(),
    onLost: () => this.disconnect('the connection was cut, and how this cell ended was lost with it'),
  });
  #wasConnected = false;
  #afterCut = false;
  #languageInfo: JsonObject = {};
  #listener: (event: KernelEvent) => void = () => undefined;
  #end: Exclude<KernelEvent, { kind: 'message' }> | undefined;
  #closing: Promise<void> | undefined;
  #deathTimer: NodeJS.Timeout | undefined;
  #lostTimer: NodeJS.Timeout | undefined;
  readonly #sampler = setInterval(() => this.usage(), SAMPLE_USAGE_MS);

  constructor(options: {
    model: KernelAPI.IModel;
    settings: ServerConnection.ISettings;
    process: KernelProcess;
    outputLimits: OutputLimits;
    /** Given every closing, so that the end of the batch can wait for it. */
    onClose: (closing: Promise<void>) => void;
  }) {
    this.#process = options.process;
    this.#outputLimits = options.outputLimits;
    this.#parts = new MessageParts(options.outputLimits);
    this.#settings = {
      ...options.settings,
      serializer: {
        ...options.settings.serializer,
        deserialize: (data, protocol) => this.#receive(data, protocol ?? ''),
      },
    };
    this.#onClose = options.onClose;
    this.#connection = new QuietConnection({
      model: options.model,
      serverSettings: this.#settings,
      handleComms: false, // an unknown comm would be closed; ours are read from the messages
    });
    this.#connection.connectionStatusChanged.connect((_, status) => this.#watchConnection(status));
  }

  get id(): string {
    return this.#connection.id;
  }

  get languageInfo(): JsonObject {
    return this.#languageInfo;
  }

  /** Resolves once the kernel has answered, and its output is heard; rejects when it dies before, or the signal says stop. */
  async ready(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#firstAnswer.fail(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    const again = setInterval(() => this.#ask(), ASK_AGAIN_MS);
    // No websocket opens before the kernel has answered, so that none can tell of its death.
    const watch = setInterval(() => {
      if (this.#process.hasEnded) this.#finish({ kind: 'died', exit: this.#process.exit() });
    }, START_WATCH_MS);
    try {
      if (signal.aborted) stop();
      const { language_info: language, ...info } = await this.#firstAnswer.info;
      this.#languageInfo = isJsonObject(language) ? language : {};
      if (info['implementation'] === 'ipython' && !this.#process.isUnlimited)
        this.#request(UNLIMITED_SENDING, { silent: true });
    } finally {
      clearInterval(again);
      clearInterval(watch);
      signal.removeEventListener('abort', stop);
    }
  }

  execute(request: { code: string; stopOnError: boolean }): string {
    const requestId = this.#request(request.code, { silent: false, stopOnError: request.stopOnError });
    this.#watch.sent(requestId);
    this.#cut.sent(requestId);
    return requestId;
  }

  sendComm(content: JsonObject, parent: Message): void {
    const message = KernelMessage.createMessage<KernelMessage.ICommMsgMsg<'shell'>>({
      msgType: 'comm_msg',
      channel: 'shell',
      session: this.#connection.clientId,
      content: content as unknown as KernelMessage.ICommMsgMsg['content'],
    });
    message.parent_header = { msg_id: parent.id } as KernelMessage.IHeader;
    this.#connection.sendShellMessage(message).dispose();
  }

  listen(listener: (event: KernelEvent) => void): void {
    this.#listener = listener;
    const end = this.#end;
    // It may have ended between two cells, when nobody waited for it.
    if (end !== undefined) queueMicrotask(() => listener(end));
  }

  usage(): ResourceUsage | undefined {
    return this.#process.usage();
  }

  async interrupt(): Promise<void> {
    await KernelAPI.interruptKernel(this.id, this.#withDeadline()).catch(() => undefined);
  }

  async kill(): Promise<void> {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL'); // a kernel leads a process group of its own
    } catch {
      // Already gone.
    }
    await Promise.resolve();
  }

  close(): void {
    this.#listener = () => undefined;
    this.#closing ??= this.#shutDown();
    this.#onClose(this.#closing);
  }

  /** The server is gone. */
  disconnect(detail: string): void {
    this.#finish({ kind: 'disconnected', detail });
    this.#connection.dispose();
  }

  async #shutDown(): Promise<void> {
    clearTimeout(this.#lostTimer);
    clearInterval(this.#sampler);
    this.#watch[Symbol.dispose]();
    this.#cut[Symbol.dispose]();
    this.#connection.dispose();
    if (this.#end === undefined)
      await KernelAPI.shutdownKernel(this.id, this.#withDeadline()).catch(() => this.kill());
  }

  #request(code: string, options: { silent: boolean; stopOnError?: boolean }): string {
    const message = KernelMessage.createMessage<KernelMessage.IExecuteRequestMsg>({
      msgType: 'execute_request',
      channel: 'shell',
      session: this.#connection.clientId,
      content: {
        code,
        silent: options.silent,
        store_history: !options.silent,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: options.stopOnError ?? true,
      },
    });
    // Its future would wait for ever when a message is lost; we listen for ourselves.
    this.#connection.sendShellMessage(message).dispose();
    return message.header.msg_id;
  }

  #ask(): void {
    if (this.#connection.connectionStatus === 'connected') void this.#connection.requestKernelInfo();
  }

  #receive(data: ArrayBuffer | string, protocol: string): KernelMessage.IMessage {
    let first: Message | undefined;
    for (const message of readKernelMessage(data, protocol, this.#outputLimits, this.#parts)) {
      first ??= message;
      this.#take(this.#afterCut ? { ...message, afterCut: true } : message);
      this.#afterCut = false;
    }
    return forLibrary(first);
  }

  #take(message: Message): void {
    this.#deathTimer?.refresh();
    this.#watch.heard(message.parentId);
    this.#cut.heard(message);
    const state = message.type === 'status' ? message.content['execution_state'] : undefined;
    if (state === 'dead' || state === 'restarting' || state === 'autorestarting') this.#noteDeath();
    else if (this.#end === undefined) this.#listener({ kind: 'message', message });
    this.#firstAnswer.heard(message);
  }

  #noteDeath(): void {
    this.#deathTimer ??= setTimeout(() => {
      this.#finish({ kind: 'died', exit: this.#process.exit() });
      this.#connection.dispose();
    }, LAST_MESSAGES_MS);
  }

  #watchConnection(status: Kernel.ConnectionStatus): void {
    clearTimeout(this.#lostTimer);
    const lost = (): void => this.disconnect('the connection to the Jupyter server was lost');
    if (status === 'disconnected' && !this.#connection.isDisposed) lost();
    if (status === 'connecting') this.#lostTimer = setTimeout(lost, RECONNECT_DEADLINE_MS);
    if (status !== 'connected') return;
    if (this.#wasConnected) this.#cut.reconnected();
    this.#afterCut = this.#wasConnected;
    this.#wasConnected = true;
  }

  #finish(event: Exclude<KernelEvent, { kind: 'message' }>): void {
    if (this.#end !== undefined) return;
    this.#end = event;
    clearInterval(this.#sampler);
    clearTimeout(this.#lostTimer);
    clearTimeout(this.#deathTimer);
    this.#watch[Symbol.dispose]();
    this.#cut[Symbol.dispose]();
    this.#firstAnswer.fail(
      new Error(event.kind === 'disconnected' ? event.detail : endWhileStarting(event.exit)),
    );
    this.#listener(event);
  }

  #withDeadline(): ServerConnection.ISettings {
    const signal = AbortSignal.timeout(REST_DEADLINE_MS);
    return { ...this.#settings, fetch: (input, init) => fetch(input, { ...init, signal }) };
  }
}

function endWhileStarting({ signal, exitCode }: KernelExit): string {
  const how = signal === undefined ? ` with exit status ${exitCode ?? 'unknown'}` : `, by ${signal}`;
  return `its process ended while it started${how}`;
}

/** A kernel that dies while the library waits for its kernel_info would be an unhandled rejection. */
class QuietConnection extends KernelConnection {
  override async requestKernelInfo(): Promise<KernelMessage.IInfoReplyMsg | undefined> {
    return super.requestKernelInfo().catch(() => undefined);
  }
}
