import { posix } from 'node:path';
import { UserError } from '../errors.ts';
import { mergeResults, readResults } from './html-read-results.ts';
import { type ReportFiles, writeReport, type WrittenReport } from './html-write.ts';

/**
 * The command `report`: builds `out` from one or more results.json. Their notebooks are looked for where the file
 * says, from the current directory, and beside the file, where they are after an artifact was downloaded.
 * Throws UserError when a file is missing or is no results.json. Paths as the user gave them, relative to the current
 * directory.
 */
export async function buildReport(
  resultsPaths: readonly string[],
  out: string,
  files: ReportFiles,
): Promise<WrittenReport> {
  const read = await Promise.all(
    resultsPaths.map(async (path) => readResults(await text(path, files), path)),
  );
  const results = mergeResults(read);
  const besides = read.flatMap(({ runs }, index) => runs.map(() => resultsPaths[index] ?? ''));
  // What stands at the place of a run that was never started is an earlier batch's.
  const places = results.runs.map(({ attempts, outputPath }, index) =>
    attempts === 0 ? [] : placesOf(outputPath, besides[index] ?? ''),
  );
  return await writeReport({ results, places }, out, files);
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
