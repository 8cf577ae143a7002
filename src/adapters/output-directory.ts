import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.ts';

/** Makes the folder and proves that files can be written in it; throws UserError before anything has run. */
export async function prepareOutputDirectory(directory: string): Promise<void> {
  const probe = join(directory, `.writable-${randomUUID()}`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new UserError(
      `Nothing can be written to the output folder "${directory}": ${messageOf(error)}. ` +
        'Make it writable, or name another with output-dir.',
      { cause: error },
    );
  }
}
