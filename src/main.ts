import { dirname, join } from 'node:path';
import * as core from '@actions/core';
import { actionLog, withLogGroups } from './adapters/action-log.ts';
import { availableCpus } from './adapters/available-cpus.ts';
import { currentCommit } from './adapters/current-commit.ts';
import { inputFiles } from './adapters/input-files.ts';
import { Interruption } from './adapters/interruption.ts';
import { killLeftovers } from './adapters/leftover-processes.ts';
import { notebookFiles, writeAtomically } from './adapters/notebook-files.ts';
import { notebookSource } from './adapters/notebook-source.ts';
import { prepareOutputDirectory } from './adapters/output-directory.ts';
import { preparePython } from './adapters/prepare-python.ts';
import { defaultCacheDir } from './adapters/python-cache-dir.ts';
import { pythonFile } from './adapters/python-files.ts';
import { quietConsole } from './adapters/quiet-console.ts';
import { startKernels } from './adapters/start-kernels.ts';
import { systemClock } from './adapters/system-clock.ts';
import { openTerminal } from './adapters/terminal.ts';
import { InfrastructureError, messageOf, UserError } from './errors.ts';
import type { Progress } from './execute/ports.ts';
import { buildRequest } from './inputs/build-request.ts';
import { formatProblems } from './inputs/format-problems.ts';
import { parseArguments } from './inputs/parse-arguments.ts';
import type { RawInputs } from './inputs/raw-inputs.ts';
import { readActionInputs } from './inputs/read-action-inputs.ts';
import type { BatchResult, Request } from './model.ts';
import { planJson } from './plan/plan-json.ts';
import { planRuns } from './plan/plan-runs.ts';
import { planText } from './plan/plan-text.ts';
import { finalText } from './report/final-text.ts';
import { resultsJson } from './report/results-json.ts';
import { showProgress } from './report/show-progress.ts';
import { terminalAbilities } from './report/terminal-abilities.ts';
import { exitStatus, totals } from './report/verdict.ts';
import { runBatch, type World } from './run-batch.ts';
import { VERSION } from './version.ts';

/** JSON.rawJSON and `using` are there from 24 on. */
const NODE = {
  major: 24,
  cure: 'In a clone, "npm ci" brings it and "npm start" uses it; elsewhere install Node 24.',
};

const INTERRUPTED =
  'Interrupted: ending what runs and saving its notebooks. Once more ends everything at once.';

type Env = Readonly<Record<string, string | undefined>>;

/** Runs what the arguments or, without any, the action's inputs ask for; resolves with the exit status. */
export async function main(argv: readonly string[], env: Env): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < NODE.major) {
    terminalFail(`This program needs Node ${NODE.major} and runs on ${process.version}. ${NODE.cure}`);
    return 2;
  }
  quietConsole();
  process.stdout.on('error', ignoreClosedPipe);
  if (argv.length > 0 || env['GITHUB_ACTIONS'] !== 'true') return await commandLine(argv, env);
  const batchId = core.getState('batch');
  if (batchId === '') return await action(env);
  killLeftovers(batchId); // the post step: whatever the main step had to leave behind
  return 0;
}

/** What differs between the terminal and a workflow's log. */
interface Face extends Disposable {
  readonly progress: Progress;
  readonly onStarting: (batchId: string) => void;
  readonly finish: (batch: BatchResult, request: Request) => void;
}

async function commandLine(argv: readonly string[], env: Env): Promise<number> {
  const asked = parseArguments(argv);
  switch (asked.command) {
    case 'help':
      process.stdout.write(asked.text);
      return 0;
    case 'version':
      process.stdout.write(`${VERSION}\n`);
      return 0;
    case 'invalid':
      process.stderr.write(`${formatProblems(asked.problems)}\n`);
      return 2;
    case 'plan':
      return await withFailuresTold(terminalFail, async () => {
        const request = await buildRequest(asked.inputs, inputFiles(process.cwd()));
        const plan = await planRuns(request, notebookSource(request.workingDirectory));
        const show = asked.json ? planJson : planText;
        for (const warning of plan.warnings) process.stderr.write(`! ${warning}\n`);
        process.stdout.write(show(plan, request.workingDirectory));
        return 0;
      });
    case 'run':
      return await batch(asked.inputs, env, terminalFace);
  }
}

async function action(env: Env): Promise<number> {
  return await batch(readActionInputs(env), env, actionFace);
}

async function batch(
  inputs: RawInputs,
  env: Env,
  openFace: (env: Env, request: Request) => Face,
): Promise<number> {
  const fail = inputs.face === 'action' ? actionFail : terminalFail;
  let batchId = '';
  let progress: Progress = () => undefined;
  using interruption = new Interruption({
    onFirst: () => progress({ kind: 'notice', run: undefined, level: 'warning', text: INTERRUPTED }),
    onSecond: () => killLeftovers(batchId),
  });
  return await withFailuresTold(fail, async () => {
    const request = await buildRequest(inputs, inputFiles(process.cwd()));
    using face = openFace(env, request);
    progress = face.progress;
    const onStarting = (id: string): void => {
      batchId = id;
      face.onStarting(id);
    };
    try {
      const result = await runBatch(request, worldOf(request, { env, interruption, progress, onStarting }));
      face.finish(result, request);
      if (interruption.bug === undefined) return exitStatus(result, { interrupted: interruption.by });
    } catch (error) {
      if (interruption.by === undefined) throw error;
      fail('Interrupted before anything was executed.');
      return interruption.by === 'SIGINT' ? 130 : 143;
    }
    throw new Error(messageOf(interruption.bug), { cause: interruption.bug });
  });
}

function worldOf(
  request: Request,
  parts: { env: Env; interruption: Interruption; progress: Progress; onStarting: (batchId: string) => void },
): World {
  const { env, progress } = parts;
  const { signal } = parts.interruption;
  const { workingDirectory } = request;
  const cpus = availableCpus();
  const tell = (text: string): void => progress({ kind: 'notice', run: undefined, level: 'info', text });
  return {
    notebooks: notebookSource(workingDirectory),
    files: notebookFiles,
    clock: systemClock,
    progress,
    cpus,
    signal,
    prepareOutput: prepareOutputDirectory,
    async startKernels({ parallel }) {
      const python = await preparePython({ ...request.python, cacheDir: defaultCacheDir(env) }, tell, signal);
      return await startKernels({
        python: python.executable,
        scripts: dirname(pythonFile('launch_server.py')),
        environment: env,
        passEnv: request.passEnv,
        cpus,
        parallel,
        signal,
        onStarting: parts.onStarting,
      });
    },
    async writeResults(result) {
      const commit = await currentCommit(workingDirectory, env);
      await writeAtomically(resultsPath(request), [resultsJson(result, { commit, workingDirectory })]);
    },
  };
}

function terminalFace(env: Env, { workingDirectory, outputDir }: Request): Face {
  const stream = process.stdout;
  const abilities = terminalAbilities(env, stream.isTTY, stream.columns);
  const owned = new DisposableStack();
  const terminal = owned.use(openTerminal(stream));
  const shown = owned.use(showProgress({ terminal, abilities, clock: systemClock }));
  return {
    progress: shown.progress,
    onStarting: () => undefined,
    finish(result, request) {
      owned.dispose();
      const places = { workingDirectory, outputDir, resultsPath: resultsPath(request), warnings: [] };
      stream.write(finalText(result, { ...abilities, ...places }));
    },
    [Symbol.dispose]: () => owned.dispose(),
  };
}

function actionFace(env: Env, request: Request): Face {
  const abilities = { ...terminalAbilities(env, false, undefined), live: false };
  const shown = showProgress({ terminal: actionLog, abilities, clock: systemClock });
  return {
    progress: withLogGroups(shown.progress, request),
    onStarting: (batchId) => core.saveState('batch', batchId),
    finish(result) {
      for (const [name, value] of Object.entries(totals(result))) core.setOutput(name, value);
      core.setOutput('results', resultsPath(request));
      core.setOutput('output-dir', request.outputDir);
    },
    [Symbol.dispose]: () => shown[Symbol.dispose](),
  };
}

function resultsPath(request: Request): string {
  return join(request.outputDir, 'results.json');
}

function terminalFail(text: string): void {
  process.stderr.write(`${text}\n`);
}

function actionFail(text: string): void {
  core.error(text);
}

async function withFailuresTold(fail: (text: string) => void, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) {
      fail(error.problems.length > 0 ? formatProblems(error.problems) : error.message);
      return 2;
    }
    if (error instanceof InfrastructureError) {
      fail(error.message);
      return 3;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    fail(`Internal error, please report it:\n${stack}`);
    return 3;
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
