import { lstat, mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * Makes the folders between the output folder and a path in it, and returns the path with the output folder's own links
 * resolved. Throws when one of those folders is a symbolic link: a notebook, or a commit, can plant one that leads to
 * somebody's files.
 */
export async function pathWithoutLinks(path: string, outputDir: string): Promise<string> {
  const inside = relative(outputDir, path);
  if (!isInside(inside)) throw new Error(`"${path}" is not in the output folder "${outputDir}".`);
  await mkdir(outputDir, { recursive: true });
  const segments = inside.split(sep);
  const name = segments.pop() ?? '';
  let folder = await realpath(outputDir);
  for (const segment of segments) {
    folder = join(folder, segment);
    await mkdir(folder).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    const found = await lstat(folder);
    if (found.isSymbolicLink())
      throw new Error(`"${folder}" is a symbolic link, and nothing is written through one.`);
  }
  return join(folder, name);
}

function isInside(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
