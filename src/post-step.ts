import { resolve } from 'node:path';
import * as core from '@actions/core';
import { actionSecrets } from './action-secrets.ts';
import { eventPayload } from './adapters/event-payload.ts';
import { notice } from './adapters/job-page.ts';
import { killLeftovers } from './adapters/leftover-processes.ts';
import { readNotebook } from './adapters/notebook-files.ts';
import { readJournal } from './adapters/written-journal.ts';
import { batchReport } from './batch-report.ts';
import { type Env, resultsPath } from './execute-request.ts';
import { executedNotebook } from './executed-notebook.ts';
import { openGitHubWorld } from './github-world.ts';
import { readPublishRequest } from './inputs/publish-request.ts';
import { endLiveReport } from './live-report.ts';
import { type Publication, publishBatch } from './publish-batch.ts';
import { githubAddresses } from './publish/github-addresses.ts';
import { parseResults } from './publish/parse-results.ts';
import { patientApi } from './publish/patient-api.ts';
import { uploadFiles } from './publish/upload-files.ts';
import { workflowEvent } from './publish/workflow-event.ts';
import { redactor } from './report/redact.ts';
import { tellFailures } from './tell-failures.ts';

/** GitHub gives a cancelled job five minutes in all, its main step's end included. */
const LIMIT_MS = 180_000;

/** Whether the main step has been, however it ended: it says so first of all. */
export function isPostStep(): boolean {
  return core.getState('main') !== '';
}

/** The post step: ends what the main step had to leave behind, and publishes what it could not. Its status is always 0. */
export async function postStep(env: Env): Promise<number> {
  const batchId = core.getState('batch');
  if (batchId !== '') killLeftovers(batchId);
  const journal = readJournal(core.getState('written'));
  const live = core.getState('live') === 'true';
  if (journal === undefined || core.getState('published') === 'true') return 0;
  if (journal.files.length === 0 && !live) return 0;
  notice('The batch did not end by itself. What it has written so far is published now.');
  await tellFailures(core.warning, async () => {
    const request = readPublishRequest(env);
    const event = workflowEvent(env, await eventPayload(env['GITHUB_EVENT_PATH']));
    const signal = AbortSignal.timeout(LIMIT_MS);
    const world = await openGitHubWorld({ env, event, token: request.githubToken, signal });
    const redact = redactor(actionSecrets(env, request));
    const results = await readResults(journal);
    if (results === undefined) {
      const { artifact } = await uploadFiles({ ...journal, reportFiles: [], failed: true }, request, world);
      const artifactUrl = artifact && githubAddresses(event).artifactUrl(artifact.id);
      // Nobody else would take back that the batch is running.
      if (live) await endLiveReport(request, { world, artifactUrl, api: patientApi(world) });
    } else {
      const repository = env['GITHUB_WORKSPACE'] ?? journal.workingDirectory;
      const source = { ...results, repository, redact, executedNotebook };
      const report = request.report ? await batchReport({ ...journal, ...world }) : undefined;
      const publication: Publication = { ...journal, source, report, hidden: 0 };
      await publishBatch(publication, request, world);
    }
    return 0;
  });
  return 0;
}

interface Journal {
  readonly workingDirectory: string;
  readonly outputDir: string;
  readonly files: readonly string[];
}

/** The results of this batch; undefined when it was killed before it could write them. */
async function readResults(journal: Journal) {
  const path = resultsPath(journal);
  if (!journal.files.includes(path)) return undefined;
  const text = await readNotebook(path).catch(() => '');
  const results = parseResults(text, { pathOf: (file) => resolve(journal.workingDirectory, file) });
  return results.kind === 'results' ? results : undefined;
}
