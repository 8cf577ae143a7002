import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, readFile, rename, rm } from 'node:fs/promises';
import type { NotebookFiles } from '../execute/ports.ts';
import type { Notebook } from '../notebook/types.ts';
import { serialiseNotebook } from '../notebook/serialise-notebook.ts';
import { fewAtOnce } from './few-at-once.ts';
import { pathWithoutLinks } from './output-folder.ts';

/** Chunks are joined up to this size before they are written. */
const WRITE_CHARACTERS = 1 << 20;

/** Source notebooks, and executed ones in the output folder, on disk. */
export function notebookFiles(outputDir: string): NotebookFiles {
  /** Path → the file that was written there last. */
  const written = new Map<string, string>();
  return {
    read: readNotebook,

    async backUp(path) {
      const place = await pathWithoutLinks(path, outputDir);
      await rename(place, place.replace(/\.ipynb$/, '_backup.ipynb')).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
    },

    async save(path, notebook: Notebook) {
      await writeAtomically(path, serialiseNotebook(notebook), outputDir);
      written.set(path, await identityOf(path));
    },

    async isAsWritten(path) {
      return written.get(path) === (await fewAtOnce(() => identityOf(path)).catch(() => undefined));
    },
  };
}

/** Text of a notebook; throws when it cannot be read. */
export function readNotebook(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

/** What changes when a file is replaced or written to, if not by somebody who takes pains to hide it. */
async function identityOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await lstat(path, { bigint: true });
  return [dev, ino, size, mtimeNs].join(' ');
}

/**
 * Writes a file beside the path and renames it there: a reader, or a crash, never meets half a file. No symbolic link is
 * followed on the way from the output folder.
 */
export async function writeAtomically(
  path: string,
  chunks: Iterable<string>,
  outputDir: string,
): Promise<void> {
  const place = await pathWithoutLinks(path, outputDir);
  const temporary = `${place}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    await writeChunks(file, chunks).finally(() => file.close());
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeChunks(file: FileHandle, chunks: Iterable<string>): Promise<void> {
  let waiting: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    await file.writeFile(waiting.join('')); // a single write would stop short on a full disk, and say nothing
    waiting = [];
    size = 0;
  };
  for (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= WRITE_CHARACTERS) await flush();
  }
  await flush();
}
