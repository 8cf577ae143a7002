import type { NotebookFiles } from './execute/ports.ts';
import { redactNotebook } from './report/redact-notebook.ts';
import type { Redact } from './report/redact.ts';

/** Notebook files that hide secrets before anything reaches the disk, and know what they have written. */
export interface WrittenNotebooks extends NotebookFiles {
  /** Secrets hidden in what stands on disk now. */
  hidden(): number;
}

export interface WrittenOptions {
  /** undefined = nothing is hidden. */
  readonly redact: Redact | undefined;
  /** Told the path of every file before it is written for the first time. */
  readonly onFirstWrite: (path: string) => void;
}

export function writtenNotebooks(files: NotebookFiles, options: WrittenOptions): WrittenNotebooks {
  const hits = new Map<string, number>();
  return {
    read: (path) => files.read(path),
    backUp: (path) => files.backUp(path),
    isAsWritten: (path) => files.isAsWritten(path),
    async save(path, notebook) {
      if (!hits.has(path)) options.onFirstWrite(path);
      hits.set(path, 0);
      const { redact } = options;
      const redacted = redact === undefined ? { notebook, hits: 0 } : redactNotebook(notebook, redact);
      hits.set(path, redacted.hits);
      await files.save(path, redacted.notebook);
    },
    hidden: () => [...hits.values()].reduce((sum, count) => sum + count, 0),
  };
}
