import { artifactStore } from './adapters/artifact-store.ts';
import { type GitHubApi, openGitHubApi } from './adapters/github-api.ts';
import { annotate, notice, warn, writeJobSummary } from './adapters/job-page.ts';
import { systemClock } from './adapters/system-clock.ts';
import { isPlainFile } from './adapters/written-files.ts';
import type { Env } from './execute-request.ts';
import type { GitHubWorld } from './publish-batch.ts';
import type { WorkflowEvent } from './publish/workflow-event.ts';

/** The workflow around us, for publishing. */
export async function openGitHubWorld(options: {
  readonly env: Env;
  readonly event: WorkflowEvent;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}): Promise<GitHubWorld & { readonly pullRequests: GitHubApi | undefined }> {
  const { env, event, token, signal } = options;
  const { repository } = event;
  const pullRequests =
    token === undefined || repository === undefined
      ? undefined
      : await openGitHubApi({ token, repository, signal });
  return {
    event,
    artifacts: artifactStore(env),
    pullRequests,
    clock: systemClock,
    signal,
    isPlainFile,
    writeSummary: writeJobSummary,
    annotate,
    notice,
    warn,
  };
}
