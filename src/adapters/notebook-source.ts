import { glob, readFile, realpath, stat } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import type { NotebookSource } from '../plan/ports.ts';

/** Enough to find what was meant, in a repository of any size. */
const MOST_NEIGHBOURS = 500;
const ELSEWHERE = ['node_modules', '.git', '.venv', '.ipynb_checkpoints', 'papermill_outputs'];

/** The file system as the plan stage asks for it. */
export function notebookSource(workingDirectory: string): NotebookSource {
  return {
    read: (path) => readFile(path, 'utf8'),
    realpath: (path) => realpath(path),
    isDirectory: (path) =>
      stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    async similar() {
      const exclude = (name: string): boolean => ELSEWHERE.includes(basename(name));
      const found: string[] = [];
      for await (const path of glob('**/*.ipynb', { cwd: workingDirectory, exclude })) {
        found.push(path.replaceAll(sep, '/'));
        if (found.length >= MOST_NEIGHBOURS) break;
      }
      return found.sort();
    },
  };
}
