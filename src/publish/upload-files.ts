import { basename } from 'node:path';
import type { PublishRequest } from '../model.ts';
import type { ArtifactStore, ArtifactUpload, Clock, IsPlainFile } from './ports.ts';
import { uploadArtifact } from './upload-artifact.ts';

export interface UploadedFiles {
  readonly artifact: { readonly id: number } | undefined;
  readonly report: { readonly id: number } | undefined;
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
    readonly reportFile: string | undefined;
    /** Whether a run did not pass. */
    readonly failed: boolean;
  },
  request: PublishRequest,
  world: UploadWorld,
): Promise<UploadedFiles> {
  const { outputDir, reportFile, failed } = written;
  const nothing: UploadedFiles = { artifact: undefined, report: undefined };
  if (request.upload === 'never' || (request.upload === 'on-failure' && !failed)) return nothing;

  const upload = async (
    what: Pick<ArtifactUpload, 'name' | 'files' | 'zipped'>,
  ): Promise<{ id: number } | undefined> => {
    const { retentionDays, compressionLevel } = request;
    const artifact = { ...what, rootDirectory: outputDir, retentionDays, compressionLevel };
    const uploaded = await uploadArtifact(artifact, { ...world, store: world.artifacts });
    if (uploaded.kind === 'stored') return { id: uploaded.id };
    world.warn(
      `The artifact "${what.name}" was not uploaded: ${uploaded.reason}. Its files are in ${outputDir}.`,
    );
    return undefined;
  };
  const files: string[] = [];
  for (const file of written.files) {
    if (await world.isPlainFile(file, outputDir)) files.push(file);
    else world.warn(`${file} is no longer the file that was written, and is not uploaded.`);
  }
  return {
    artifact:
      files.length === 0 ? undefined : await upload({ name: request.artifactName, files, zipped: true }),
    report:
      reportFile === undefined
        ? undefined
        : await upload({ name: basename(reportFile), files: [reportFile], zipped: false }),
  };
}
