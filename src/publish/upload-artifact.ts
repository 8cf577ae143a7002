import { pause } from './pause.ts';
import type { ArtifactStore, ArtifactUpload, Clock, IsPlainFile } from './ports.ts';
import { within } from './within.ts';

/** Between the attempts at an upload: @actions/artifact gives a lost connection up at once. */
const PAUSES_MS = [5_000, 15_000, 45_000];
/** All attempts together. */
const LIMIT_MS = 600_000;
/** Jobs of a matrix share a workflow run, in which a name is taken once: 256 of them, and one that begins anew. */
const MOST_NAMES = 257;

export interface UploadContext {
  readonly store: ArtifactStore;
  readonly clock: Clock;
  /** Ends the attempts. */
  readonly signal: AbortSignal;
  /** Asked before each further attempt: a file may have vanished since the first. */
  readonly isPlainFile: IsPlainFile;
  /** Told before each further attempt. */
  readonly notice: (text: string) => void;
  /** Told of each file that has vanished. */
  readonly warn: (text: string) => void;
}

export type Uploaded =
  | { readonly kind: 'stored'; readonly id: number; readonly name: string }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** Whether the service takes no other artifact either, or cannot be reached. */
      readonly refused?: true;
    };

/**
 * Uploads an artifact, under its name or the next free one (`notebooks-2`), with further attempts when the network
 * fails. Never throws, and never takes longer than ten minutes.
 */
export async function uploadArtifact(artifact: ArtifactUpload, context: UploadContext): Promise<Uploaded> {
  const outcome = await within(LIMIT_MS, context, () => attempts(artifact, context));
  if (outcome !== undefined) return outcome;
  const reason = context.signal.aborted
    ? 'it was interrupted'
    : `it took longer than ${LIMIT_MS / 60_000} min`;
  return { kind: 'failed', reason };
}

async function attempts(artifact: ArtifactUpload, context: UploadContext): Promise<Uploaded> {
  let number = 1;
  let failures = 0;
  let { files } = artifact;
  for (;;) {
    const name = numbered(artifact, number);
    const outcome = await context.store.upload({ ...artifact, files, name });
    switch (outcome.kind) {
      case 'stored':
        return { kind: 'stored', id: outcome.id, name };
      case 'refused':
        return { kind: 'failed', reason: `${outcome.detail}. ${outcome.cure}`, refused: true };
      case 'name-taken':
        number += 1;
        if (number > MOST_NAMES) {
          return { kind: 'failed', reason: `an artifact "${name}" is there already` };
        }
        break;
      case 'failed': {
        const delayMs = PAUSES_MS[failures];
        failures += 1;
        if (delayMs === undefined || context.signal.aborted) {
          return { kind: 'failed', reason: `${outcome.detail} (${failures} attempts)`, refused: true };
        }
        context.notice(`Artifact "${name}": ${outcome.detail}. Trying again in ${delayMs / 1000} s.`);
        await pause(delayMs, context);
        files = await stillThere({ ...artifact, files }, context);
        if (files.length === 0) return { kind: 'failed', reason: 'none of its files is there any more' };
        break;
      }
    }
  }
}

/** The library uploads nothing at all when one of its files is missing. */
async function stillThere(
  { files, rootDirectory }: ArtifactUpload,
  { isPlainFile, warn }: UploadContext,
): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const file of files) {
    if (await isPlainFile(file, rootDirectory)) kept.push(file);
    else warn(`${file} is gone, and is not uploaded.`);
  }
  return kept;
}

/** `notebooks-2`, `notebooks-report-2.html`: a file that goes up as it is keeps its extension, by which a browser shows it. */
function numbered({ name, zipped }: ArtifactUpload, number: number): string {
  if (number === 1) return name;
  const dot = zipped ? -1 : name.lastIndexOf('.');
  return dot <= 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}
