import path from 'node:path';
import type { Problem } from '../errors.ts';
import type { Request } from '../model.ts';
import type { Destination } from './find-collisions.ts';
import { backupPath, foldedPath } from './output-path.ts';
import type { NotebookSource } from './ports.ts';
import type { ReadNotebook } from './read-notebooks.ts';

interface OverwriteRequest {
  readonly destinations: readonly Destination[];
  readonly request: Request;
  readonly notebooks: ReadonlyMap<string, ReadNotebook>;
  readonly source: NotebookSource;
}

/** Runs whose result, or whose backup, would take the place of a notebook of the request, selected or not. */
export async function overwrittenSources(batch: OverwriteRequest): Promise<Problem[]> {
  const { destinations, request, notebooks } = batch;
  const sources = new Map<string, string>();
  for (const { notebook } of request.entries) {
    const absolutePath = path.resolve(request.workingDirectory, notebook);
    sources.set(foldedPath(absolutePath), notebook);
    // The folders on the way may be links, on either side.
    const realPath = notebooks.get(absolutePath)?.realPath;
    if (realPath !== undefined) sources.set(foldedPath(realPath), notebook);
  }
  const realOutputDir = await realpathOr(request.outputDir, batch.source);
  return destinations.flatMap((run): Problem[] => {
    const inRealDir = path.join(realOutputDir, path.relative(request.outputDir, run.outputPath));
    const written = [run.outputPath, inRealDir];
    const all = request.backup ? [...written, ...written.map(backupPath)] : written;
    const hit = all.map((file) => sources.get(foldedPath(file))).find((source) => source !== undefined);
    if (hit === undefined) return [];
    const message = `Run "${run.name}" would overwrite the source notebook "${hit}". Choose another "output_label", output folder or output path.`;
    return [{ ...run.entry.at('/output_label'), message }];
  });
}

/** A folder that is not there yet is no link. */
async function realpathOr(directory: string, source: NotebookSource): Promise<string> {
  try {
    return await source.realpath(directory);
  } catch {
    return directory;
  }
}
