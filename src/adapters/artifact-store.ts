import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { messageOf } from '../errors.ts';
import type { ArtifactStore, ArtifactUpload, UploadOutcome } from '../publish/ports.ts';

const QUOTA =
  'Nothing more can be stored until the quota is counted anew. Delete artifacts, set retention-days lower, or raise the limit in the billing settings';
const ENTERPRISE =
  'GitHub Enterprise Server has another artifact service. Upload the folder with actions/upload-artifact@v3, and set upload: never here';
const NO_SERVICE = 'Only the runner of a GitHub workflow gives access to the artifact service';

/** The artifacts of this workflow run, through GitHub's own library. */
export function artifactStore(env: Readonly<Record<string, string | undefined>>): ArtifactStore {
  return {
    async upload(artifact) {
      if (isEnterpriseServer(env['GITHUB_SERVER_URL'])) {
        return { kind: 'refused', detail: 'this server does not take it', cure: ENTERPRISE };
      }
      if (!env['ACTIONS_RUNTIME_TOKEN'] || !env['ACTIONS_RESULTS_URL']) {
        return { kind: 'refused', detail: 'there is no artifact service here', cure: NO_SERVICE };
      }
      core.startGroup(`Uploading the artifact ${artifact.name}`); // the library tells of every block
      const sent = artifact.zipped ? upload(artifact) : uploadAsItIs(artifact, env['RUNNER_TEMP']);
      return await sent.finally(core.endGroup);
    },
  };
}

/**
 * A file that is not zipped is named after itself, whatever name is asked for
 * (https://github.com/actions/upload-artifact/issues/785): so there is a copy that has the name.
 */
async function uploadAsItIs(artifact: ArtifactUpload, directory = tmpdir()): Promise<UploadOutcome> {
  const [file = ''] = artifact.files;
  const folder = await mkdtemp(join(directory, 'artifact-'));
  try {
    const named = join(folder, artifact.name);
    await copyFile(file, named);
    return await upload({ ...artifact, files: [named], rootDirectory: folder });
  } catch (error) {
    return { kind: 'failed', detail: messageOf(error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function upload(artifact: ArtifactUpload): Promise<UploadOutcome> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const { name, files, rootDirectory, retentionDays, compressionLevel, zipped } = artifact;
  try {
    const { id } = await new DefaultArtifactClient().uploadArtifact(name, [...files], rootDirectory, {
      compressionLevel,
      skipArchive: !zipped,
      ...(retentionDays === undefined ? {} : { retentionDays }),
    });
    return id === undefined ? { kind: 'failed', detail: 'the service gave no id' } : { kind: 'stored', id };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** The library has classes for a few errors, but wraps them in others: there are only its words. */
function outcomeOf(error: unknown): UploadOutcome {
  const [detail = ''] = messageOf(error).split('\n');
  if (/quota has been hit/.test(detail)) {
    return { kind: 'refused', detail: "the account's artifact storage is full", cure: QUOTA };
  }
  if (/\(409\)/.test(detail)) return { kind: 'name-taken' };
  // What the service does not want twice, and what the library finds in our own files or names.
  const final = /non-retryable|is not valid|No files were found|not a parent directory/.test(detail);
  return final ? { kind: 'refused', detail, cure: 'The files are on disk' } : { kind: 'failed', detail };
}

/** The library's own rule; asked first, because it would print a warning that does not help. */
function isEnterpriseServer(serverUrl: string | undefined): boolean {
  const { hostname } = new URL(serverUrl || 'https://github.com');
  return hostname !== 'github.com' && !/\.(?:ghe\.com|localhost)$/.test(hostname);
}
