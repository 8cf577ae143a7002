import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ProbedPython } from './python-probe.ts';

/**
 * Lets an environment see the packages of its parent where it does not by itself: of the parent, an environment
 * that was made from another environment inherits nothing.
 */
export async function showParentPackages(environment: ProbedPython, parent: ProbedPython): Promise<void> {
  const unseen = parent.siteDirectories.filter((path) => !environment.siteDirectories.includes(path));
  if (unseen.length === 0) return;
  // Not the bare paths: addsitedir also reads the .pth files in there, and editable installs live in those.
  const lines = unseen.map((path) => `import site; site.addsitedir(${pythonString(path)})\n`);
  await writeFile(join(environment.installsInto, 'parallel_notebooks_parent.pth'), lines.join(''));
}

/**
 * Lets an environment offer the kernels that are installed in its parent's prefix, R or bash for instance.
 * Its own kernels stay; so does `python3`, which must be its own to see its packages.
 */
export async function showParentKernels(environment: ProbedPython, parent: ProbedPython): Promise<void> {
  const [from, to] = [parent.prefix, environment.prefix].map((prefix) =>
    join(prefix, 'share', 'jupyter', 'kernels'),
  ) as [string, string];
  const names = await readdir(from).catch(() => []);
  const own = new Set(['python3', ...(await readdir(to).catch(() => []))]);
  const wanted = names.filter((name) => !own.has(name));
  if (wanted.length === 0) return;
  await mkdir(to, { recursive: true });
  for (const name of wanted) {
    // A second process may be doing the same: what is there already is right.
    await symlink(join(from, name), join(to, name), 'junction').catch(() => undefined);
  }
}

/** ASCII only: before Python 3.13 a .pth file is read in the encoding of the locale. */
function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/gu,
    (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  );
}
