import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { outsideByLink } from './output-folder.ts';

/** Makes the folder and proves that files can be written in it; throws UserError before anything has run. */
export async function prepareOutputDirectory(directory: string, workingDirectory: string): Promise<void> {
  const probe = join(directory, `.writable-${randomUUID()}`);
  let outside: string | undefined;
  try {
    await mkdir(directory, { recursive: true });
    outside = await outsideByLink(directory, workingDirectory);
    if (outside === undefined) {
      await writeFile(probe, '', { flag: 'wx' });
      await rm(probe);
    }
  } catch (error) {
    throw new UserError(
      `Nothing can be written to the output folder "${directory}": ${messageOf(error)}. ` +
        'Make it writable, or name another with output-dir.',
      { cause: error },
    );
  }
  if (outside === undefined) return;
  throw new UserError(
    `The output folder "${directory}" is a symbolic link that leads out of the working directory, to "${outside}". ` +
      'If the results are to go there, name that folder with output-dir.',
  );
}
