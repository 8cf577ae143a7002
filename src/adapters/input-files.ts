import { glob, readdir, readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { messageOf } from '../errors.ts';
import type { InputFiles } from '../inputs/ports.ts';

/** The file system as the inputs stage asks for it. */
export function inputFiles(currentDirectory: string): InputFiles {
  return {
    currentDirectory,
    async read(path) {
      try {
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
        return { kind: 'text', text };
      } catch (error) {
        if (error instanceof TypeError) return { kind: 'unreadable', reason: 'it is not UTF-8 text' };
        const { code } = error as NodeJS.ErrnoException;
        return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', reason: messageOf(error) };
      }
    },
    async glob(pattern, directory) {
      const found = await Array.fromAsync(glob(pattern, { cwd: directory, withFileTypes: false }));
      return found.map((path) => path.replaceAll(sep, '/')).sort();
    },
    list: (directory) => readdir(directory).catch(() => undefined),
  };
}
