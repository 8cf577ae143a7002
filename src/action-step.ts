import { basename, join } from 'node:path';
import * as core from '@actions/core';
import { actionSecrets } from './action-secrets.ts';
import { openActionLog } from './adapters/action-log.ts';
import { eventPayload } from './adapters/event-payload.ts';
import { warn } from './adapters/job-page.ts';
import { writeAtomically } from './adapters/notebook-files.ts';
import { systemClock } from './adapters/system-clock.ts';
import { startJournal } from './adapters/written-journal.ts';
import { batchReport } from './batch-report.ts';
import { messageOf } from './errors.ts';
import {
  type Env,
  executeRequest,
  type ExecuteOptions,
  type Face,
  type FinishedBatch,
  resultsPath,
} from './execute-request.ts';
import { hasChangedOutput } from './execute/changed-outputs.ts';
import { openGitHubWorld } from './github-world.ts';
import { readActionInputs } from './inputs/read-action-inputs.ts';
import { liveReport } from './live-report.ts';
import type { Request } from './model.ts';
import { publishBatch } from './publish-batch.ts';
import { refuseEvent } from './publish/refuse-event.ts';
import { type WorkflowEvent, workflowEvent } from './publish/workflow-event.ts';
import { setPublishedOutputs } from './published-outputs.ts';
import { executedNotebook } from './executed-notebook.ts';
import { requestSecrets } from './report/known-secrets.ts';
import { redactor } from './report/redact.ts';
import { showProgress } from './report/show-progress.ts';
import { terminalAbilities } from './report/terminal-abilities.ts';
import { totals } from './report/verdict.ts';
import { tellFailures } from './tell-failures.ts';

/** The main step of the action: a batch from the step's inputs, and everything about it on GitHub. */
export async function actionStep(env: Env): Promise<number> {
  core.saveState('main', 'begun');
  const event = workflowEvent(env, await eventPayload(env['GITHUB_EVENT_PATH']));
  const fail: ExecuteOptions['fail'] = (text) => core.error(text);
  return await tellFailures(fail, async () => {
    refuseEvent(event);
    const openFace = (request: Request): Face => actionFace(request, { env, event });
    return await executeRequest(readActionInputs(env), { env, openFace, fail });
  });
}

function actionFace(request: Request, { env, event }: { env: Env; event: WorkflowEvent }): Face {
  const { publish, outputDir, workingDirectory } = request;
  const secrets = [...actionSecrets(env, publish), ...requestSecrets(request)];
  // The log is masked line by line.
  for (const line of secrets.flatMap((secret) => secret.split(/\r?\n/)))
    if (line !== '') core.setSecret(line);
  const redact = redactor(secrets);
  const log = openActionLog();
  const abilities = { ...terminalAbilities(env, false, undefined), live: false };
  const shown = showProgress({ terminal: log.terminal, abilities, clock: systemClock });
  const journal = startJournal({ workingDirectory, outputDir }, env['RUNNER_TEMP']);
  core.saveState('written', journal.path);
  const liveEnd = new AbortController();
  const live = !publish.commentLive
    ? undefined
    : liveReport(publish, {
        openWorld: () => openGitHubWorld({ env, event, token: publish.githubToken, signal: liveEnd.signal }),
        clock: systemClock,
        redact,
        onFirst: () => core.saveState('live', 'true'),
      });
  const logged = log.withGroups(shown.progress, request);

  /** Whether it is there: a log that finds no room must not keep anybody from being told what happened. */
  const writeLog = async (file: string): Promise<boolean> => {
    try {
      journal.add(file);
      await writeAtomically(file, [redact(log.text()).text], outputDir);
      return true;
    } catch (error) {
      warn(`${basename(file)} could not be written: ${messageOf(error)}.`);
      return false;
    }
  };
  const publishAll = async (finished: FinishedBatch, files: readonly string[]): Promise<boolean> => {
    const { batch, commit, hidden, signal } = finished;
    const opened = await openGitHubWorld({ env, event, token: publish.githubToken, signal });
    // Interrupted in the middle, it is for the post step to say what became of it.
    const changed = new Set(batch.results.filter(hasChangedOutput).map(({ run }) => run.outputPath));
    const world: typeof opened = {
      ...opened,
      warn: (text: string) => signal.aborted || opened.warn(text),
      isPlainFile: async (path, folder) => !changed.has(path) && (await opened.isPlainFile(path, folder)),
    };
    const repository = env['GITHUB_WORKSPACE'] ?? workingDirectory;
    const source = { batch, commit, repository, redact, executedNotebook };
    const report = publish.report ? await batchReport({ ...request, ...world }) : undefined;
    const publication = { source, files, outputDir, report, hidden };
    const published = await publishBatch(publication, publish, world);
    if (!signal.aborted) core.saveState('published', 'true');
    setPublishedOutputs(published);
    return published.complete && (report !== undefined || !publish.report);
  };
  return {
    progress: (happened) => {
      logged(happened);
      live?.progress(happened);
    },
    redact,
    onStarting: (batchId) => core.saveState('batch', batchId),
    onFirstWrite: (path) => journal.add(path),
    async finish(finished) {
      shown[Symbol.dispose]();
      if (finished.signal.aborted) liveEnd.abort();
      await live?.end();
      for (const [name, value] of Object.entries(totals(finished.batch))) core.setOutput(name, value);
      core.setOutput('results', resultsPath(request));
      core.setOutput('output-dir', outputDir);
      const logFile = join(outputDir, 'batch.log');
      const hasLog = await writeLog(logFile);
      // Interrupted, there are seconds left: the post step has minutes.
      if (finished.signal.aborted) return true;
      const files = journal.files.filter((file) => hasLog || file !== logFile);
      return (await publishAll(finished, files)) && hasLog;
    },
    [Symbol.dispose]() {
      shown[Symbol.dispose]();
      liveEnd.abort();
      void live?.end();
    },
  };
}
