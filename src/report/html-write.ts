import type { ReportLink } from './html-data.ts';
import type { ReadResults } from './html-read-results.ts';
import { htmlReport } from './html-report.ts';
import { splitReport } from './html-split.ts';

/** What writing a report needs from the world. */
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

/** A batch, and where its notebooks may be. */
export interface ShownBatch {
  readonly results: ReadResults;
  /** For each run the paths at which its executed notebook is looked for, the first one first. */
  readonly places: readonly (readonly string[])[];
  /** Shown in the head of the page. */
  readonly links?: readonly ReportLink[];
}

/** What was written, to be told. */
export interface WrittenReport {
  readonly runs: number;
  /** Output paths of runs that were executed and whose notebook was not found. */
  readonly missing: readonly string[];
  /** `out`, and its further parts when one file would be too large. */
  readonly paths: readonly string[];
  /** Position in `paths` of the file that holds each run's notebook. */
  readonly pageOf: readonly number[];
}

/** Writes the report of a batch to `out`, and to further files when it is too large for one. */
export async function writeReport(
  shown: ShownBatch,
  out: string,
  files: ReportFiles,
): Promise<WrittenReport> {
  const { results, places, links = [] } = shown;
  const missing = new Set<string>();
  const notebook = async (index: number): Promise<string | undefined> => {
    for (const path of places[index] ?? []) {
      const found = await files.read(path);
      if (found !== undefined) return found;
    }
    const run = results.runs[index];
    if (run !== undefined && run.attempts > 0) missing.add(run.outputPath);
    return undefined;
  };
  const sizeOf = async (paths: readonly string[]): Promise<number> => {
    for (const path of paths) {
      const size = await files.size(path);
      if (size !== undefined) return size;
    }
    return 0;
  };
  const source = { results, links, notebook, deflate: (bytes: Uint8Array) => files.deflate(bytes) };
  const viewer = await files.viewer();
  const sizes = await Promise.all(places.map(sizeOf));
  const parts = splitReport(sizes, out.replaceAll('\\', '/').split('/').at(-1) ?? out);
  const paths = parts.map(({ pages, page }) => out.slice(0, -(pages[0] ?? '').length) + (pages[page] ?? ''));
  for (const [index, part] of parts.entries()) {
    await files.write(paths[index] ?? out, htmlReport(source, viewer, part));
  }
  return { runs: results.runs.length, missing: [...missing], paths, pageOf: parts[0]?.pageOf ?? [] };
}
