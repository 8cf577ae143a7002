import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { fateOf, ownIdentity } from './process-identity.ts';

/** Says whose the folder is for now. */
const LOCK = '.parallel-notebooks.lock';
const MOST_ATTEMPTS = 5;

/**
 * Makes the folder, proves that files can be written in it, and keeps it until disposed: two batches in one folder
 * would overwrite each other's results. Removes what a killed one has left half written of `files`, the files that
 * will be written. Throws UserError before anything has run.
 */
export async function takeOutputDirectory(
  directory: string,
  files: readonly string[],
): Promise<AsyncDisposable> {
  const lock = join(directory, LOCK);
  try {
    await mkdir(directory, { recursive: true });
    await acquire(lock);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `Nothing can be written to the output folder "${directory}": ${messageOf(error)}. ` +
        'Make it writable, or name another with output-dir.',
      { cause: error },
    );
  }
  await removeHalfWritten(files);
  return {
    [Symbol.asyncDispose]: () => rm(lock, { force: true }),
  };
}

async function acquire(lock: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(lock, ownIdentity(), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        await rm(lock, { force: true }); // on a full disk it was made and not written
        throw error;
      }
    }
    const owner = await readFile(lock, 'utf8').catch(() => '');
    if (attempt >= MOST_ATTEMPTS || (owner !== '' && fateOf(owner) !== 'gone')) throw inUse(lock, owner);
    // Of two that find a dead owner's lock, one gets to move it away.
    const dead = `${lock}-${randomUUID()}`;
    await rename(lock, dead).catch(() => undefined);
    await rm(dead, { force: true });
  }
}

function inUse(lock: string, owner: string): UserError {
  const [pid = '?'] = owner.split('-');
  const where = fateOf(owner) === 'alive' ? '' : ' of another machine or container';
  return new UserError(
    `The output folder "${dirname(lock)}" is in use by process ${pid}${where}, which runs a batch. ` +
      `Wait for its end, or name another with output-dir. If there is no such batch, delete "${lock}".`,
  );
}

/** `x.ipynb.<uuid>.tmp`, see notebook-files.ts: with the folder to ourselves, nobody else is writing them. */
async function removeHalfWritten(files: readonly string[]): Promise<void> {
  const byFolder = Map.groupBy(files, (file) => dirname(file));
  await Promise.all(
    [...byFolder].map(async ([folder, ours]) => {
      const names = new Set(ours.map((file) => basename(file)));
      for (const name of await readdir(folder).catch(() => [])) {
        const [, whole] = /^(.+)\.[0-9a-f-]{36}\.tmp$/.exec(name) ?? [];
        if (whole !== undefined && names.has(whole)) await rm(join(folder, name), { force: true });
      }
    }),
  );
}
