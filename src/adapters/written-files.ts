import { lstat, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Whether a regular file stands at the path inside the folder, with no symbolic link on the way from there: a notebook
 * can plant one that leads to somebody's keys.
 */
export async function isPlainFile(path: string, folder: string): Promise<boolean> {
  try {
    const inside = relative(folder, path);
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`)) return false;
    const found = await lstat(path);
    return found.isFile() && (await realpath(path)) === join(await realpath(folder), inside);
  } catch {
    return false; // it is gone, or nobody may look at it
  }
}
