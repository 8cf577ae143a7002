import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { NotebookFiles } from '../execute/ports.ts';
import type { Notebook } from '../notebook/types.ts';
import { serialiseNotebook } from '../notebook/serialise-notebook.ts';

/** Chunks are joined up to this size before they are written. */
const WRITE_CHARACTERS = 1 << 20;

/** Source and executed notebooks on disk. */
export const notebookFiles: NotebookFiles = {
  read: (path) => readFile(path, 'utf8'),

  async backUp(path) {
    await rename(path, path.replace(/\.ipynb$/, '_backup.ipynb')).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  },

  save: (path, notebook: Notebook) => writeAtomically(path, serialiseNotebook(notebook)),
};

/** Writes a file beside the path and renames it there: a reader, or a crash, never meets half a file. */
export async function writeAtomically(path: string, chunks: Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    await writeChunks(file, chunks).finally(() => file.close());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeChunks(file: FileHandle, chunks: Iterable<string>): Promise<void> {
  let waiting: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    await file.write(waiting.join(''));
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
