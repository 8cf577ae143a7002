import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Which files a batch has written, kept for the post step of an action whose main step was killed. */
export interface WrittenJournal {
  readonly path: string;
  readonly files: readonly string[];
  /** To be called before the file is written: there must be no file that the journal does not know. */
  add(file: string): void;
}

export interface JournalHead {
  /** Both absolute. */
  readonly workingDirectory: string;
  readonly outputDir: string;
}

/** `directory` is one that is kept until the job ends: the runner's RUNNER_TEMP. */
export function startJournal(head: JournalHead, directory: string = tmpdir()): WrittenJournal {
  // Not in a variable of the step's state: those end at 128 KiB.
  const path = join(directory, `parallel-notebooks-${randomUUID()}.jsonl`);
  const files: string[] = [];
  const append = (line: unknown): void => appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  append(head);
  return {
    path,
    files,
    add(file) {
      if (files.includes(file)) return;
      append(file);
      files.push(file);
    },
  };
}

/** undefined when there is no such journal. A line that was cut by the end of its writer is left out. */
export function readJournal(path: string): (JournalHead & { readonly files: readonly string[] }) | undefined {
  let lines: readonly unknown[];
  try {
    lines = readFileSync(path, 'utf8').split('\n').flatMap(parsed);
  } catch {
    return undefined;
  }
  const [head, ...files] = lines;
  if (typeof head !== 'object' || head === null) return undefined;
  return { ...(head as JournalHead), files: files.filter((file) => typeof file === 'string') };
}

function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
