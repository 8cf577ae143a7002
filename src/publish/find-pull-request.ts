import type { PatientApi } from './patient-api.ts';
import type { PullRequest, PullRequests } from './ports.ts';
import type { ReportedRun, WorkflowEvent } from './workflow-event.ts';

/** Number of the open pull request that the event is about: the one it names, or the one its commit belongs to. */
export async function findPullRequest(
  event: WorkflowEvent,
  { pullRequests, api }: { pullRequests: PullRequests; api: PatientApi },
): Promise<number | undefined> {
  if (event.pullRequest !== undefined) return event.pullRequest;
  const { sha, branch } = event;
  if (sha === undefined) return undefined;
  const open = (await api.ask(() => pullRequests.ofCommit(sha))).filter((found) => found.open);
  // A branch on top of another contains its commits: the pull request of the branch itself comes first.
  const best =
    open.find((found) => found.headSha === sha && found.headBranch === branch) ??
    open.find((found) => found.headSha === sha) ??
    open.find((found) => found.headBranch === branch);
  return best?.number;
}

/**
 * The open pull request whose newest commit is the one that the run was about, as GitHub says it; undefined when there
 * is none, or when a newer commit has come since. GitHub names none in the payload when it comes from a fork.
 */
export async function findReportedPullRequest(
  run: ReportedRun,
  { pullRequests, api }: { pullRequests: PullRequests; api: PatientApi },
): Promise<PullRequest | undefined> {
  const owner = run.headRepository?.split('/')[0];
  if (owner === undefined || run.headBranch === '') return undefined;
  const found = await api.ask(() => pullRequests.ofHead(`${owner}:${run.headBranch}`));
  return found.find(
    (candidate) =>
      candidate.open &&
      candidate.headSha === run.headSha &&
      candidate.headBranch === run.headBranch &&
      candidate.headRepository === run.headRepository,
  );
}
