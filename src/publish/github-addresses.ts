import type { RunIdentity, WorkflowEvent } from './workflow-event.ts';

/** Pages of GitHub about this repository; undefined where the event does not say enough. */
export interface GitHubAddresses {
  readonly runUrl: string | undefined;
  readonly commitUrl: string | undefined;
  /** Of the pull request that the event itself names. */
  readonly pullRequestUrl: string | undefined;
  /** Before a path of the repository. */
  readonly blobUrl: string | undefined;
  readonly artifactUrl: (id: number) => string | undefined;
}

/** The pages of a run of a workflow, by default of the one that goes on. */
export function githubAddresses(
  event: WorkflowEvent,
  of: { readonly run: RunIdentity | undefined; readonly sha: string | undefined } = event,
): GitHubAddresses {
  const { repository, serverUrl } = event;
  const base = repository === undefined ? undefined : `${serverUrl}/${repository.owner}/${repository.name}`;
  const below = (path: string, part: string | number | undefined): string | undefined =>
    base === undefined || part === undefined ? undefined : `${base}/${path}/${part}`;
  const runUrl = below('actions/runs', of.run?.id);
  return {
    runUrl,
    commitUrl: below('commit', of.sha),
    pullRequestUrl: below('pull', event.pullRequest),
    blobUrl: below('blob', of.sha),
    artifactUrl: (id) => (runUrl === undefined ? undefined : `${runUrl}/artifacts/${id}`),
  };
}
