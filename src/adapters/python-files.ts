import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder `python/` seen from `dist/index.js`, and from this file when the sources run. */
const WAYS_UP = ['..', '../..'];

/** Absolute path of a file in the folder `python/` that ships with this program. */
export function pythonFile(name: string): string {
  const paths = WAYS_UP.map((up) => join(import.meta.dirname, up, 'python', name));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`python/${name} is missing from this installation.`);
  return path;
}
