import { posix } from 'node:path';
import { UserError } from '../errors.ts';
import { htmlReport } from './html-report.ts';
import { splitReport } from './html-split.ts';
import { mergeResults, readResults } from './html-read-results.ts';

/** What rebuilding a report needs from the world. Paths as the user gave them, relative to the current directory. */
export interface ReportFiles {
  /** Text of a file; undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Size of a file in bytes; undefined when there is none. */
  size(path: string): Promise<number | undefined>;
  /** Writes the file in one go: its reader never meets half of it. */
  write(path: string, chunks: AsyncIterable<string>): Promise<void>;
  /** The built viewer. */
  viewer(): Promise<string>;
  deflate(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What was built, to be told. */
export interface BuiltReport {
  readonly runs: number;
  /** Output paths of runs whose notebook was not found. */
  readonly missing: readonly string[];
  /** The files that were written: `out`, and its further parts when one file would be too large. */
  readonly paths: readonly string[];
}

/**
 * The command `report`: builds `out` from one or more results.json. Their notebooks are looked for where the file
 * says, from the current directory, and beside the file, where they are after an artifact was downloaded.
 * Throws UserError when a file is missing or is no results.json.
 */
export async function buildReport(
  resultsPaths: readonly string[],
  out: string,
  files: ReportFiles,
): Promise<BuiltReport> {
  const read = await Promise.all(
    resultsPaths.map(async (path) => readResults(await text(path, files), path)),
  );
  const results = mergeResults(read);
  const besides = read.flatMap(({ runs }, index) => runs.map(() => resultsPaths[index] ?? ''));
  const missing: string[] = [];
  const places = results.runs.map((run, index) =>
    run.status === 'skipped' ? [] : placesOf(run.outputPath, besides[index] ?? ''),
  );
  const notebook = async (index: number): Promise<string | undefined> => {
    for (const path of places[index] ?? []) {
      const found = await files.read(path);
      if (found !== undefined) return found;
    }
    const run = results.runs[index];
    if (run !== undefined && run.status !== 'skipped') missing.push(run.outputPath);
    return undefined;
  };
  const sizeOf = async (index: number): Promise<number> => {
    for (const path of places[index] ?? []) {
      const size = await files.size(path);
      if (size !== undefined) return size;
    }
    return 0;
  };
  const source = { results, notebook, deflate: (bytes: Uint8Array) => files.deflate(bytes) };
  const viewer = await files.viewer();
  const sizes = await Promise.all(results.runs.map(async (_, index) => await sizeOf(index)));
  const parts = splitReport(sizes, out.replaceAll('\\', '/').split('/').at(-1) ?? out);
  const paths = parts.map(({ pages, page }) => out.slice(0, -(pages[0] ?? '').length) + (pages[page] ?? ''));
  for (const [index, part] of parts.entries()) {
    await files.write(paths[index] ?? out, htmlReport(source, viewer, part));
  }
  return { runs: results.runs.length, missing, paths };
}

async function text(path: string, files: ReportFiles): Promise<string> {
  const found = await files.read(path);
  if (found === undefined) {
    throw new UserError(`${path} does not exist. A batch leaves it in its output folder.`);
  }
  return found;
}

/**
 * As written, when that is below the current directory; then below the folder of results.json, dropping leading folders
 * one by one. A results.json may come from elsewhere: only notebooks are read, and only below these two folders.
 */
function placesOf(outputPath: string, resultsPath: string): string[] {
  const path = posix.normalize(outputPath.replaceAll('\\', '/'));
  if (!path.endsWith('.ipynb')) return [];
  const folder = posix.dirname(resultsPath.replaceAll('\\', '/'));
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '..');
  const isBelow = !posix.isAbsolute(path) && !path.startsWith('../');
  const besides = segments.map((_, index) => posix.join(folder, ...segments.slice(index)));
  return isBelow ? [path, ...besides] : besides;
}
