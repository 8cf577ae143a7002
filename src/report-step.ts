import { resolve } from 'node:path';
import * as core from '@actions/core';
import { actionSecrets } from './action-secrets.ts';
import { eventPayload } from './adapters/event-payload.ts';
import type { GitHubApi } from './adapters/github-api.ts';
import { notice } from './adapters/job-page.ts';
import { reportedResults } from './adapters/reported-results.ts';
import { messageOf, UserError } from './errors.ts';
import type { Env } from './execute-request.ts';
import { openGitHubWorld } from './github-world.ts';
import { readPublishRequest } from './inputs/publish-request.ts';
import type { PublishRequest } from './model.ts';
import { type GitHubWorld, stickyComment } from './publish-batch.ts';
import { commentRefusal } from './publish/comment-refusal.ts';
import { findReportedPullRequest } from './publish/find-pull-request.ts';
import { githubAddresses } from './publish/github-addresses.ts';
import { parseResults } from './publish/parse-results.ts';
import { patientApi } from './publish/patient-api.ts';
import { postComment } from './publish/sticky-comment.ts';
import { type ReportedRun, type WorkflowEvent, workflowEvent } from './publish/workflow-event.ts';
import { digestBatch } from './report/digest-batch.ts';
import type { Links } from './report/publication.ts';
import { redactor } from './report/redact.ts';
import { reportAddress } from './report/report-address.ts';
import { tellFailures } from './tell-failures.ts';

const LIMIT_MS = 300_000;

/**
 * The action in `report/`: comments on the pull request of another run, which may be a fork's, from the results that it
 * has uploaded. They are data from a stranger: which pull request they belong to, GitHub says.
 */
export async function reportStep(env: Env): Promise<number> {
  const event = workflowEvent(env, await eventPayload(env['GITHUB_EVENT_PATH']));
  const request = readPublishRequest(env);
  return await tellFailures(core.error, async () => {
    const { reported } = event;
    if (event.name !== 'workflow_run' || reported === undefined) {
      throw new UserError(
        `The action "report" belongs to a workflow "on: workflow_run", and this one runs on ${event.name}. See docs/github.md, "Forks".`,
      );
    }
    const signal = AbortSignal.timeout(LIMIT_MS);
    const world = await openGitHubWorld({ env, event, token: request.githubToken, signal });
    const { pullRequests } = world;
    if (pullRequests === undefined) throw new UserError('There is no token. Set github-token.');
    const problem = await report(reported, { request, event, env, world: { ...world, pullRequests } });
    if (problem === undefined) return 0;
    world.warn(problem);
    return request.errors === 'fail' ? 4 : 0;
  });
}

interface Parts {
  readonly request: PublishRequest;
  readonly event: WorkflowEvent;
  readonly env: Env;
  readonly world: GitHubWorld & { readonly pullRequests: GitHubApi };
}

/** Why there is no comment though there should be one; undefined when all is well. */
async function report(run: ReportedRun, { request, event, env, world }: Parts): Promise<string | undefined> {
  const { pullRequests: github } = world;
  const { repository } = event;
  const api = patientApi(world);
  try {
    const pullRequest = await findReportedPullRequest(run, { pullRequests: github, api });
    if (pullRequest === undefined || repository === undefined) {
      notice(`No comment: ${run.headSha} is not the newest commit of an open pull request.`);
      return undefined;
    }
    const where = { repository, runId: run.id, artifactName: request.artifactName };
    const found = await reportedResults(where, { github, api });
    if (found.kind === 'none') return `No comment: ${found.reason}.`;
    const results = parseResults(found.text, { pathOf: (path) => resolve('/', path) });
    if (results.kind === 'invalid')
      return `No comment: its results.json is not one of ours: ${results.reason}.`;

    const addresses = githubAddresses(event, { run, sha: run.headSha });
    const reportUrl = found.reportId === undefined ? undefined : addresses.artifactUrl(found.reportId);
    const links: Links = {
      ...addresses,
      artifactUrl: addresses.artifactUrl(found.artifactId),
      reportUrl,
      ofRun: ({ name }, cell) => reportUrl && reportUrl + reportAddress(name, cell),
    };
    const redact = redactor(actionSecrets(env, request));
    const digest = await digestBatch({
      batch: results.batch,
      commit: run.headSha,
      repository: '/',
      redact,
      executedNotebook: () => Promise.resolve(undefined),
    });
    const parts = { event, digest, links, hidden: digest.hidden, key: request.commentKey, writer: run };
    const posted = await postComment(
      {
        ...stickyComment(parts),
        pullRequest: pullRequest.number,
        create: true,
        author: await github.login(),
      },
      { ...github, api },
    );
    if (posted.kind !== 'none') core.setOutput('comment-url', posted.url);
    return undefined;
  } catch (error) {
    if (signalled(world)) return `No comment: it took longer than ${LIMIT_MS / 60_000} min.`;
    return commentRefusal(error, { restricted: false, insist: true }).text || messageOf(error);
  }
}

function signalled({ signal }: GitHubWorld): boolean {
  return signal.aborted;
}
