import { messageOf } from '../errors.ts';
import type { PatientApi } from '../publish/patient-api.ts';
import { type ListedArtifact, newestBatch } from '../publish/reported-artifacts.ts';
import type { Repository } from '../publish/workflow-event.ts';
import type { GitHubApi } from './github-api.ts';
import { type ArchiveBytes, ArchiveError, readZipEntry } from './zip-entry.ts';

/** results.json of another run of a workflow, as somebody has written it. */
export type ReportedResults =
  | {
      readonly kind: 'found';
      readonly text: string;
      readonly artifactId: number;
      /** The HTML report beside it; undefined when there is none. */
      readonly reportId: number | undefined;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** A thousand failures with long tracebacks stay below. */
const LIMIT_BYTES = 8 << 20;
const DEADLINE_MS = 60_000;
/** A hundred each: more artifacts than a run of ours can have. */
const MOST_PAGES = 20;

interface Run {
  readonly repository: Repository;
  readonly runId: number;
  readonly artifactName: string;
}

interface Asking {
  readonly github: GitHubApi;
  readonly api: PatientApi;
}

/**
 * Reads results.json from the newest artifact of a run that has this name, or the name and a number, and nothing else: of the
 * archive, which may be of any size, only the parts that lead to it are fetched. Throws ApiError.
 */
export async function reportedResults(run: Run, { github, api }: Asking): Promise<ReportedResults> {
  const { owner, name: repo } = run.repository;
  const batch = newestBatch(await listedArtifacts(run, { github, api }), run.artifactName);
  if (batch === undefined) return none(`run ${run.runId} has no artifact "${run.artifactName}"`);
  const { id: artifactId, name } = batch.notebooks;
  const address = await api.ask(() =>
    github.request(async ({ rest }) => {
      const path = { owner, repo, artifact_id: artifactId, archive_format: 'zip' };
      const { headers } = await rest.actions.downloadArtifact({ ...path, request: { redirect: 'manual' } });
      return headers.location;
    }),
  );
  if (address === undefined) return none(`GitHub did not say where the artifact ${artifactId} is`);
  try {
    const archive = await openRemoteArchive(address);
    const content = await readZipEntry(archive, { name: 'results.json', limitBytes: LIMIT_BYTES });
    if (content === undefined) return none(`the artifact "${name}" has no results.json`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return { kind: 'found', text, artifactId, reportId: batch.report?.id };
  } catch (error) {
    // Not UTF-8, and what fetch says about a lost connection, are TypeErrors.
    if (!(error instanceof ArchiveError) && !(error instanceof TypeError)) throw error;
    return none(`the artifact "${name}" cannot be read: ${messageOf(error)}`);
  }
}

async function listedArtifacts(run: Run, { github, api }: Asking): Promise<readonly ListedArtifact[]> {
  const { owner, name: repo } = run.repository;
  const listed: ListedArtifact[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = { owner, repo, run_id: run.runId, per_page: 100, page };
    const { total_count: total, artifacts } = await api.ask(() =>
      github.request(async ({ rest }) => (await rest.actions.listWorkflowRunArtifacts(path)).data),
    );
    listed.push(...artifacts);
    if (artifacts.length === 0 || listed.length >= total) break;
  }
  return listed;
}

/** Where artifacts are kept, parts of a file can be asked for. */
async function openRemoteArchive(address: string): Promise<ArchiveBytes> {
  const { defaults } = await import('@actions/github/lib/utils');
  // Through the proxy that the runner has, and without our token, which the storage would refuse.
  const { fetch: fetchThroughProxy } = defaults.request as { fetch: typeof fetch };
  const read = async (start: number, lengthBytes: number): Promise<{ bytes: Buffer; of: number }> => {
    const headers = { range: `bytes=${start}-${start + lengthBytes - 1}` };
    const answer = await fetchThroughProxy(address, { headers, signal: AbortSignal.timeout(DEADLINE_MS) });
    const of = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
    if (answer.status !== 206 || of === undefined) {
      await answer.body?.cancel();
      throw new ArchiveError(`the storage answered ${answer.status} to a request for a part of it`);
    }
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (bytes.length !== lengthBytes) throw new ArchiveError('a part of it is missing');
    return { bytes, of: Number(of) };
  };
  const { of: sizeBytes } = await read(0, 1);
  return { sizeBytes, read: async (start, lengthBytes) => (await read(start, lengthBytes)).bytes };
}

function none(reason: string): ReportedResults {
  return { kind: 'none', reason };
}
