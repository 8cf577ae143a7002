import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KernelSpecAPI, ServerConnection } from '@jupyterlab/services';
import { InfrastructureError } from '../errors.ts';
import { OWNER_FILE, RUNTIME_DIR_PREFIX } from './abandoned-batches.ts';
import { type Environment } from './kernel-environment.ts';
import { kernelSocketClass } from './kernel-socket.ts';
import { pollUntil } from './poll-until.ts';

/** A bare server answers in half a second; a cold disk or a loaded runner takes many times that. */
const READY_DEADLINE_MS = 60_000;
/** Another program may take the free port between our look and the server's bind. */
const ATTEMPTS = 3;
/** The server gives its kernels 5 s to end, then kills them. */
const STOP_DEADLINE_MS = 8_000;
const LOG_TAIL_LINES = 15;

export interface ServerOptions {
  /** Interpreter that has jupyter_server and ipykernel. */
  readonly python: string;
  /** The folder `python/` that ships with this program. */
  readonly scripts: string;
  readonly environment: Environment;
  /** Whose the server is; see abandoned-batches.ts. */
  readonly batchId: string;
  /** What kernels are forked from; without it each one is started as a new process. See python/template_process.py. */
  readonly template?: Template | undefined;
  readonly signal: AbortSignal;
}

/** A process that has imported what kernels import. */
export interface Template {
  /** The environment of a kernel whose run adds nothing. */
  readonly env: Environment;
  /** Directory of most kernels, absolute. */
  readonly cwd: string;
  /** Modules to import besides those of every kernel, for instance `matplotlib.pyplot`. */
  readonly imports: readonly string[];
}

export interface KernelSpec {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
}

/** A Jupyter server of our own on loopback. Disposing it ends it and its kernels on every way out. */
export class JupyterServer implements AsyncDisposable {
  readonly settings: ServerConnection.ISettings;
  /** Ours alone (0700); removed in the end. */
  readonly runtimeDir: string;
  readonly #child: ChildProcess;
  readonly #exitListeners = new Set<(detail: string) => void>();
  #exit: string | undefined;
  #stopping = false;

  private constructor(child: ChildProcess, options: { runtimeDir: string; port: number; token: string }) {
    this.#child = child;
    this.runtimeDir = options.runtimeDir;
    this.settings = ServerConnection.makeSettings({
      baseUrl: `http://127.0.0.1:${options.port}/`,
      token: options.token,
      appendToken: false,
      WebSocket: kernelSocketClass(options.token),
    });
    child.once('exit', (code, signal) => this.#noteExit(code, signal));
  }

  /** Starts a server and resolves once it answers; throws InfrastructureError with the end of its log. */
  static async start(options: ServerOptions): Promise<JupyterServer> {
    let last: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const server = await JupyterServer.#launch(options);
      try {
        await server.#untilReady(options.signal);
        return server;
      } catch (error) {
        last = error;
        await server[Symbol.asyncDispose]();
        options.signal.throwIfAborted();
      }
    }
    throw last;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Calls back once the server has ended without our asking, at once if it already has. */
  onExit(listener: (detail: string) => void): void {
    if (this.#exit === undefined) this.#exitListeners.add(listener);
    else listener(this.#exit);
  }

  /** The message, and the end of what the server has logged. */
  async withLog(message: string): Promise<string> {
    const log = await readFile(join(this.runtimeDir, 'server.log'), 'utf8').catch(() => '');
    const tail = log.trim().split('\n').slice(-LOG_TAIL_LINES).join('\n');
    return tail === '' ? `${message}.` : `${message}. The end of its log:\n${tail}`;
  }

  async kernelSpecs(): Promise<KernelSpec[]> {
    const { kernelspecs } = await KernelSpecAPI.getSpecs(this.settings);
    return Object.values(kernelspecs)
      .filter((spec) => spec !== undefined)
      .map(({ name, display_name, language }) => ({ name, displayName: display_name, language }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    this.#child.stdin?.end(); // the launcher takes this as the end of its parent
    if (this.#exit === undefined) {
      const force = setTimeout(() => this.#killGroup(), STOP_DEADLINE_MS);
      await once(this.#child, 'exit').finally(() => clearTimeout(force));
    }
    await rm(this.runtimeDir, { recursive: true, force: true });
  }

  static async #launch(options: ServerOptions): Promise<JupyterServer> {
    const runtimeDir = await mkdtemp(join(tmpdir(), RUNTIME_DIR_PREFIX));
    await writeFile(join(runtimeDir, OWNER_FILE), options.batchId, { mode: 0o600 });
    await mkdir(join(runtimeDir, 'launch'), { mode: 0o700 });
    const token = randomBytes(32).toString('hex');
    const tokenFile = join(runtimeDir, 'token');
    await writeFile(tokenFile, token, { mode: 0o600 });
    if (options.template !== undefined) {
      await writeFile(join(runtimeDir, 'template.json'), JSON.stringify(options.template), { mode: 0o600 });
    }
    const port = await freePort();
    const log = openSync(join(runtimeDir, 'server.log'), 'a', 0o600);
    const child = spawn(
      options.python,
      [join(options.scripts, 'launch_server.py'), '--port', String(port), '--runtime-dir', runtimeDir],
      {
        cwd: runtimeDir, // a random.py in the workspace must not shadow Python's
        detached: true, // Ctrl-C is for us; we stop the server in our own time
        stdio: ['pipe', log, log],
        env: {
          ...options.environment,
          JUPYTER_NO_CONFIG: '1', // neither the user's settings nor extensions
          JUPYTER_RUNTIME_DIR: runtimeDir,
          JUPYTER_TOKEN_FILE: tokenFile, // an argument would show in `ps`, a variable in every kernel
          PYTHONUNBUFFERED: '1',
        },
      },
    );
    closeSync(log);
    child.stdin?.on('error', () => undefined); // the server may end first
    const server = new JupyterServer(child, { runtimeDir, port, token });
    child.once('error', (error) => server.#noteExit(null, null, error.message));
    return server;
  }

  async #untilReady(signal: AbortSignal): Promise<void> {
    await pollUntil({ deadlineMs: READY_DEADLINE_MS, everyMs: 30, signal }, async () => {
      if (this.#exit !== undefined) return true;
      // The server says there when the port is its own: before that, a stranger may have taken it, and would hear the token.
      if (!existsSync(join(this.runtimeDir, 'listening'))) return false;
      const url = `${this.settings.baseUrl}api/status`;
      const headers = { authorization: `token ${this.settings.token}` };
      return fetch(url, { headers, signal: AbortSignal.timeout(5_000) }).then(
        (response) => response.ok,
        () => false,
      );
    }).catch(async (error: unknown) => {
      signal.throwIfAborted();
      throw new InfrastructureError(await this.withLog('The Jupyter server did not answer'), {
        cause: error,
      });
    });
    if (this.#exit !== undefined) {
      throw new InfrastructureError(await this.withLog('The Jupyter server did not start'));
    }
    await rm(join(this.runtimeDir, 'token'), { force: true });
  }

  #noteExit(code: number | null, signal: string | null, message?: string): void {
    if (this.#exit !== undefined) return;
    const how =
      message ?? (signal === null ? `it ended with status ${code ?? 0}` : `it was ended by ${signal}`);
    this.#exit = `the Jupyter server is gone: ${how}`;
    if (!this.#stopping) for (const listener of this.#exitListeners) listener(this.#exit);
    this.#exitListeners.clear();
  }

  #killGroup(): void {
    try {
      process.kill(-(this.#child.pid ?? 0), 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL');
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
