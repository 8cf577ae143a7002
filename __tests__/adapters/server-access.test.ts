import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { KernelAPI } from '@jupyterlab/services';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';
import { JupyterServer } from '../../src/adapters/jupyter-server.ts';
import { withoutSecrets } from '../../src/adapters/kernel-environment.ts';
import { pythonFile } from '../../src/adapters/python-files.ts';
import { aFolder } from '../e2e/bundle.ts';

/** Another user of this machine: `nobody` is one everywhere. Its Python is the system's, which everybody may execute. */
const STRANGER = ['--reuid=65534', '--regid=65534', '--clear-groups', '/usr/bin/python3'];
const HAS_STRANGER = spawnSync('setpriv', [...STRANGER, '-c', '']).status === 0;

const environment = withoutSecrets(process.env);
const scripts = join(pythonFile('launch_server.py'), '..');
let server: JupyterServer;
let kernelId: string;
beforeAll(async () => {
  const cwd = await aFolder();
  const template = { env: environment, cwd, imports: [] };
  const { executable: python } = inject('python');
  server = await JupyterServer.start({
    python,
    scripts,
    environment,
    template,
    batchId: 'server-access',
    signal: new AbortController().signal,
  });
  const launch = join(server.runtimeDir, 'launch');
  await writeFile(
    join(launch, 'one.json'),
    JSON.stringify({ cwd, env: environment, log: join(launch, 'log'), memory: null, fork: true }),
  );
  kernelId = (await KernelAPI.startNew({ name: 'python3', path: 'one' } as object, server.settings)).id;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

type Headers = Readonly<Record<string, string>>;

async function statusOf(path: string, headers: Headers = {}, method = 'GET'): Promise<number> {
  const sent = request(new URL(path, server.settings.baseUrl), { method, headers }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

async function socketStatus(headers: Headers): Promise<number> {
  const socket = new WebSocket(`${server.settings.wsUrl}api/kernels/${kernelId}/channels`, { headers });
  const opened = once(socket, 'open').then(() => 101);
  const refused = once(socket, 'unexpected-response').then(
    ([, answer]) => (answer as IncomingMessage).statusCode ?? 0,
  );
  socket.on('error', () => undefined);
  return await Promise.race([opened.catch(() => refused), refused.catch(() => opened)]).finally(() =>
    socket.terminate(),
  );
}

const PRIVATE = [
  'status',
  'kernels',
  'kernelspecs',
  'sessions',
  'contents',
  'contents/server.log',
  'me',
  'config/x',
];

test.each([
  ['no token', {}],
  ['a wrong token', { authorization: `token ${'0'.repeat(64)}` }],
  ['an empty token', { authorization: 'token ' }],
  ["a web page's origin", { origin: 'http://evil.example' }],
  ['a wrong cookie', { cookie: 'username-127-0-0-1=x' }],
])('the server refuses whoever has %s', async (_, headers: Headers) => {
  const statuses = await Promise.all(PRIVATE.map((path) => statusOf(`api/${path}`, headers)));
  // It says to pages of other origins that there is nothing.
  expect(statuses).toEqual(PRIVATE.map(() => ('origin' in headers ? 404 : 403)));
  expect(await statusOf('api/kernels', headers, 'POST')).toBeGreaterThanOrEqual(403);
  expect(await socketStatus(headers)).toBe(403);
});

test('with the token it answers, but not under the name of another host, where a web page could ask it', async () => {
  const authorization = `token ${server.settings.token}`;
  expect(await statusOf('api/kernels', { authorization })).toBe(200);
  expect(await socketStatus({ authorization })).toBe(101);
  for (const host of ['evil.example', 'evil.example:80', 'localhost.evil.example']) {
    expect(await statusOf('api/kernels', { authorization, host })).toBe(403);
    expect(await socketStatus({ authorization, host })).toBe(403);
  }
});

test('it has no terminals, and serves nothing outside of its own folder', async () => {
  const headers = { authorization: `token ${server.settings.token}` };
  expect(await statusOf('api/terminals', headers, 'POST')).toBe(404);
  expect(await statusOf('api/contents/..%2f..%2fetc%2fpasswd', headers)).toBe(404);
  expect(await statusOf('files/..%2f..%2fetc%2fpasswd', headers)).toBe(403);
});

test('S9 its folder and files are for their owner only, and hold its token nowhere', async () => {
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(server.runtimeDir)).toBe('700');
  expect(await mode(join(server.runtimeDir, 'launch'))).toBe('700');
  const entries = await readdir(server.runtimeDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    expect([file, await mode(file)]).toEqual([file, '600']);
    expect(await readFile(file, 'utf8')).not.toContain(server.settings.token);
  }
});

test.skipIf(process.platform !== 'linux')('S9 its token is in no argument and no environment', async () => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const told = await Promise.all(
    ids.flatMap((id) =>
      ['cmdline', 'environ'].map((name) => readFile(`/proc/${id}/${name}`, 'latin1').catch(() => '')),
    ),
  );
  expect(told.filter((text) => text.includes('launch_server.py')).length).toBeGreaterThan(0);
  expect(told.filter((text) => text.includes(server.settings.token))).toEqual([]);
});

test.skipIf(!HAS_STRANGER)(
  `S9 another user of the machine gets no file, no socket and no environment of it${HAS_STRANGER ? '' : ' (needs root, setpriv and /usr/bin/python3)'}`,
  async () => {
    const sockets = (await readdir(server.runtimeDir)).filter((name) => name.includes('-ipc-'));
    expect(sockets.length).toBe(5);
    const script = `
import os, socket, sys
folder, pid, *sockets = sys.argv[1:]
def tried(act):
    try:
        act()
        return "done"
    except OSError as error:
        return type(error).__name__
def connected(path):
    socket.socket(socket.AF_UNIX).connect(path)
print(tried(lambda: os.listdir(folder)), tried(lambda: open(f"/proc/{pid}/environ").read()),
      tried(lambda: os.listdir(f"/proc/{pid}/fd")), *{tried(lambda: connected(path)) for path in sockets})
os.kill(int(pid), 0)
`;
    const paths = sockets.map((name) => join(server.runtimeDir, name));
    const told = spawnSync(
      'setpriv',
      [...STRANGER, '-c', script, server.runtimeDir, String(server.pid), ...paths],
      { encoding: 'utf8', cwd: '/' },
    );
    expect(told.stdout.trim()).toBe('PermissionError PermissionError PermissionError PermissionError');
    expect(told.stderr).toContain('PermissionError'); // and it may not end the server
  },
);

test('the token is not sent to a stranger who has taken the port first', async () => {
  const folder = await aFolder({
    impostor: `#!${process.execPath}
const { createServer } = require('node:http');
const { appendFileSync } = require('node:fs');
const port = process.argv[process.argv.indexOf('--port') + 1];
const server = createServer((request, response) => {
  appendFileSync(${JSON.stringify('HEARD')}, 'x');
  response.end('{}');
});
server.listen(port, '127.0.0.1', () => setTimeout(() => process.exit(7), 700));
`,
  });
  const impostor = join(folder, 'impostor');
  const heard = join(folder, 'heard');
  await writeFile(impostor, (await readFile(impostor, 'utf8')).replace('"HEARD"', JSON.stringify(heard)));
  await chmod(impostor, 0o755);
  const { signal } = new AbortController();
  const starting = JupyterServer.start({
    python: impostor,
    scripts,
    environment,
    batchId: 'impostor',
    signal,
  });
  await expect(starting).rejects.toThrow('The Jupyter server did not start');
  await expect(readFile(heard, 'utf8')).rejects.toThrow('ENOENT');
});
