import path from 'node:path';
import { messageOf, type Problem } from '../errors.ts';
import type { ConfigEntry } from '../model.ts';
import { parseNotebook } from '../notebook/parse-notebook.ts';
import type { Notebook } from '../notebook/types.ts';
import { didYouMean } from './did-you-mean.ts';
import { isInside } from './output-path.ts';
import type { NotebookSource } from './ports.ts';

export interface ReadNotebook {
  readonly notebook: Notebook;
  /** With symbolic links resolved. */
  readonly realPath: string;
}

export interface ReadNotebooks {
  /** By absolute path; those that could not be read are missing. */
  readonly notebooks: ReadonlyMap<string, ReadNotebook>;
  readonly problems: readonly Problem[];
}

interface ReadRequest {
  readonly entries: readonly ConfigEntry[];
  readonly workingDirectory: string;
  readonly source: NotebookSource;
}

/** Reads the notebooks of the entries, each file once, all together. */
export async function readNotebooks({
  entries,
  workingDirectory,
  source,
}: ReadRequest): Promise<ReadNotebooks> {
  const root = await realRoot(workingDirectory, source);
  if (typeof root === 'object') return { notebooks: new Map(), problems: [root] };
  const users = Map.groupBy(entries, (entry) => path.resolve(workingDirectory, entry.notebook));
  const outcomes = await Promise.all(
    [...users].map(async ([absolutePath, using]) => {
      const outcome = await readOne({ absolutePath, root, source });
      if (typeof outcome === 'object') return { absolutePath, read: outcome, problems: [] };
      const hint = outcome === MISSING ? await source.similar(absolutePath) : [];
      const problems = using.map((entry) => ({
        ...entry.at('/notebook'),
        message: `"${entry.notebook}" ${/[.?]$/.test(outcome) ? outcome : `${outcome}.`}${didYouMean(entry.notebook, hint)}`,
      }));
      return { absolutePath, read: undefined, problems };
    }),
  );
  const notebooks = new Map<string, ReadNotebook>();
  for (const { absolutePath, read } of outcomes) if (read !== undefined) notebooks.set(absolutePath, read);
  return { notebooks, problems: outcomes.flatMap(({ problems }) => problems) };
}

async function realRoot(workingDirectory: string, source: NotebookSource): Promise<string | Problem> {
  try {
    return await source.realpath(workingDirectory);
  } catch (error) {
    return { file: 'input working-directory', message: `"${workingDirectory}" ${inWords(error)}.` };
  }
}

const MISSING = 'does not exist';

/** The notebook, or what is wrong with it, to be said after its name. */
async function readOne(request: {
  absolutePath: string;
  root: string;
  source: NotebookSource;
}): Promise<ReadNotebook | string> {
  const { absolutePath, root, source } = request;
  let text: string;
  let realPath: string;
  try {
    realPath = await source.realpath(absolutePath);
    // Before it is read: what lies outside is not ours to open, whoever wrote the link.
    if (!isInside(path.relative(root, realPath))) {
      return `is outside the working directory${realPath === absolutePath ? '' : ` (it leads to ${realPath})`}. Move it inside, or set another working directory`;
    }
    text = await source.read(absolutePath);
  } catch (error) {
    return inWords(error);
  }
  try {
    return { notebook: parseNotebook(text), realPath };
  } catch (error) {
    return `is not a notebook: ${messageOf(error)}`;
  }
}

function inWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return MISSING;
    case 'EISDIR':
      return 'is a directory. Write the path of an .ipynb file';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read: permission denied';
    default:
      return `cannot be read: ${messageOf(error)}`;
  }
}
