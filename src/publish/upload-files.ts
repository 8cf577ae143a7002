import { basename } from 'node:path';
import type { PublishRequest } from '../model.ts';
import type { ArtifactStore, ArtifactUpload, Clock, IsPlainFile } from './ports.ts';
import { uploadArtifact } from './upload-artifact.ts';

export interface UploadedFiles {
  readonly artifact: { readonly id: number } | undefined;
  /** For each file of the report; undefined = that one was not uploaded. */
  readonly report: readonly ({ readonly id: number } | undefined)[];
}

interface UploadWorld {
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly isPlainFile: IsPlainFile;
  notice(text: string): void;
  warn(text: string): void;
}

/** Uploads what a batch has written, as the request wants it, and the report by itself. Never throws. */
export async function uploadFiles(
  written: {
    readonly files: readonly string[];
    readonly outputDir: string;
    /** The HTML report: a file, or several when it was split. */
    readonly reportFiles: readonly string[];
    /** Whether a run did not pass. */
    readonly failed: boolean;
  },
  request: PublishRequest,
  world: UploadWorld,
): Promise<UploadedFiles> {
  const { outputDir, reportFiles, failed } = written;
  const nothing: UploadedFiles = { artifact: undefined, report: [] };
  if (request.upload === 'never' || (request.upload === 'on-failure' && !failed)) return nothing;

  let refused = false; // said once, for all
  const upload = async (
    what: Pick<ArtifactUpload, 'name' | 'files' | 'zipped'>,
  ): Promise<{ id: number } | undefined> => {
    if (refused) return undefined;
    const { retentionDays, compressionLevel } = request;
    const artifact = { ...what, rootDirectory: outputDir, retentionDays, compressionLevel };
    const uploaded = await uploadArtifact(artifact, { ...world, store: world.artifacts });
    if (uploaded.kind === 'stored') return { id: uploaded.id };
    refused = uploaded.refused ?? false;
    world.warn(
      `The artifact "${what.name}" was not uploaded: ${uploaded.reason}. Its files are in ${outputDir}.`,
    );
    return undefined;
  };
  const isOurs = async (file: string): Promise<boolean> => {
    if (await world.isPlainFile(file, outputDir)) return true;
    world.warn(`${file} is no longer the file that was written, and is not uploaded.`);
    return false;
  };
  const files: string[] = [];
  for (const file of written.files) if (await isOurs(file)) files.push(file);
  const { artifactName } = request;
  const artifact = files.length === 0 ? undefined : await upload({ name: artifactName, files, zipped: true });
  const report: ({ id: number } | undefined)[] = [];
  for (const file of reportFiles) {
    // The name of the batch's artifact before the file's own: jobs of a matrix have reports of the same name.
    const name = `${artifactName}-${basename(file)}`;
    report.push((await isOurs(file)) ? await upload({ name, files: [file], zipped: false }) : undefined);
  }
  return { artifact, report };
}
