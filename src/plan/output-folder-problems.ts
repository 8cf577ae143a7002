import path from 'node:path';
import type { Problem } from '../errors.ts';
import type { Request } from '../model.ts';
import { isInside } from './output-path.ts';
import type { NotebookSource } from './ports.ts';

/**
 * An output folder in the working directory that a symbolic link leads out of it: whoever commits one would choose what
 * is overwritten. A folder that was named outside is where somebody wants it.
 */
export async function outputFolderProblems(
  { outputDir, workingDirectory }: Pick<Request, 'outputDir' | 'workingDirectory'>,
  source: NotebookSource,
): Promise<Problem[]> {
  if (!staysBelow(workingDirectory, outputDir)) return [];
  const [root, real] = await Promise.all([
    realAncestor(workingDirectory, source),
    realAncestor(outputDir, source),
  ]);
  if (staysBelow(root, real)) return [];
  const message = `"${outputDir}" leads out of the working directory by a symbolic link, to "${real}". If the results are to go there, name that folder.`;
  return [{ file: 'input output-dir', message }];
}

function staysBelow(folder: string, absolutePath: string): boolean {
  const relative = path.relative(folder, absolutePath);
  return relative === '' || isInside(relative);
}

/** Of what exists on the way to the path, with its links resolved. */
async function realAncestor(absolutePath: string, source: NotebookSource): Promise<string> {
  try {
    return await source.realpath(absolutePath);
  } catch {
    const parent = path.dirname(absolutePath);
    return parent === absolutePath ? absolutePath : await realAncestor(parent, source);
  }
}
