import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Mounts a file system of its own, of so many bytes, for one test; undefined where that takes rights we do not have. */
export function smallDisk(sizeBytes: number): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'disk-'));
  try {
    asRoot('mount', '-t', 'tmpfs', '-o', `size=${sizeBytes},mode=1777`, 'tmpfs', path);
  } catch {
    return undefined;
  }
  onTestFinished(() => asRoot('umount', '--lazy', path));
  return path;
}

export function makeReadOnly(disk: string): void {
  asRoot('mount', '-o', 'remount,ro', disk);
}

/** Root itself, or through sudo where no password is asked: on GitHub's runners. */
function asRoot(command: string, ...args: string[]): void {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const [first = command, ...rest] = [...sudo, command, ...args];
  execFileSync(first, rest, { stdio: 'ignore' });
}
