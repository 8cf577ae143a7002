import { dirname, join } from 'node:path';
import { availableCpus } from './adapters/available-cpus.ts';
import { availableMemory } from './adapters/available-memory.ts';
import { currentCommit } from './adapters/current-commit.ts';
import { earlierRuns } from './adapters/earlier-runs.ts';
import { inputFiles } from './adapters/input-files.ts';
import { findPython } from './adapters/find-python.ts';
import { Interruption } from './adapters/interruption.ts';
import { killLeftovers } from './adapters/leftover-processes.ts';
import { withoutSecrets } from './adapters/kernel-environment.ts';
import { notebookFiles, writeAtomically } from './adapters/notebook-files.ts';
import { notebookSource } from './adapters/notebook-source.ts';
import { takeOutputDirectory } from './adapters/output-directory.ts';
import { preparePython } from './adapters/prepare-python.ts';
import { defaultCacheDir } from './adapters/python-cache-dir.ts';
import type { ProbedPython } from './adapters/python-probe.ts';
import { pythonFile } from './adapters/python-files.ts';
import { type Forking, startKernels } from './adapters/start-kernels.ts';
import { systemClock } from './adapters/system-clock.ts';
import { messageOf } from './errors.ts';
import type { Progress } from './execute/ports.ts';
import { buildRequest } from './inputs/build-request.ts';
import type { RawInputs } from './inputs/raw-inputs.ts';
import type { BatchResult, Plan, Request } from './model.ts';
import type { Redact } from './report/redact.ts';
import { resultsJson } from './report/results-json.ts';
import { exitStatus } from './report/verdict.ts';
import { runBatch, type World } from './run-batch.ts';
import { tellFailures } from './tell-failures.ts';
import { type WrittenNotebooks, writtenNotebooks } from './written-notebooks.ts';

const INTERRUPTED =
  'Interrupted: ending what runs and saving its notebooks. Once more ends everything at once.';

export type Env = Readonly<Record<string, string | undefined>>;

/** What differs between the terminal and a workflow. */
export interface Face extends Disposable {
  readonly progress: Progress;
  /** Hides secrets in everything that is written; undefined = nothing is hidden. */
  readonly redact: Redact | undefined;
  readonly onStarting: (batchId: string) => void;
  /** Before a file is written for the first time. */
  readonly onFirstWrite: (path: string) => void;
  /** Whether everything that was to be done with the results was done. */
  finish(finished: FinishedBatch): Promise<boolean>;
}

/** A batch whose results are on disk. */
export interface FinishedBatch {
  /** Its secrets hidden. */
  readonly batch: BatchResult;
  readonly commit: string | undefined;
  readonly hidden: number;
  /** Aborted once a signal came. */
  readonly signal: AbortSignal;
}

export interface ExecuteOptions {
  readonly env: Env;
  readonly openFace: (request: Request) => Face;
  /** Tells why nothing ran, or why it ended. */
  readonly fail: (text: string) => void;
}

/** The whole life of a batch, from the inputs to the exit status. */
export async function executeRequest(inputs: RawInputs, options: ExecuteOptions): Promise<number> {
  const { env, openFace, fail } = options;
  let batchId = '';
  let progress: Progress = () => undefined;
  using interruption = new Interruption({
    onFirst: () => progress({ kind: 'notice', run: undefined, level: 'warning', text: INTERRUPTED }),
    onSecond: () => killLeftovers(batchId),
  });
  return await tellFailures(fail, async () => {
    const request = await buildRequest(inputs, inputFiles(process.cwd()));
    using face = openFace(request);
    progress = face.progress;
    const files = writtenNotebooks(notebookFiles(request.outputDir), face);
    const onStarting = (id: string): void => {
      batchId = id;
      face.onStarting(id);
    };
    try {
      const { signal } = interruption;
      // Asked while the batch is planned; a wrong plan waits for neither answer.
      const commit = currentCommit(request.workingDirectory, env);
      using python = pythonAsked(request, env, signal);
      const world = worldOf(request, { env, signal, face, files, onStarting, commit, found: python.found });
      const { batch, hidden, unwritten } = await runBatch(request, world);
      const complete = await face.finish({
        batch,
        commit: await commit,
        hidden: hidden + files.hidden(),
        signal,
      });
      if (interruption.bug === undefined) {
        if (unwritten !== undefined) fail(unwritten.message);
        const status = exitStatus(batch, {
          interrupted: interruption.by,
          unwritten: unwritten !== undefined,
        });
        return status === 0 && !complete && request.publish.errors === 'fail' ? 4 : status;
      }
    } catch (error) {
      if (interruption.by === undefined) throw error;
      fail('Interrupted before anything was executed.');
      return interruption.by === 'SIGINT' ? 130 : 143;
    }
    throw new Error(messageOf(interruption.bug), { cause: interruption.bug });
  });
}

export function resultsPath({ outputDir }: { readonly outputDir: string }): string {
  return join(outputDir, 'results.json');
}

interface WorldParts {
  readonly env: Env;
  readonly signal: AbortSignal;
  readonly face: Face;
  readonly files: WrittenNotebooks;
  readonly onStarting: (batchId: string) => void;
  readonly commit: Promise<string | undefined>;
  readonly found: Promise<ProbedPython>;
}

/** Disposing ends the question. */
function pythonAsked(
  { python, passEnv }: Request,
  env: Env,
  signal: AbortSignal,
): Disposable & { found: Promise<ProbedPython> } {
  const end = new AbortController();
  const options = { env: withoutSecrets(env, passEnv), signal: AbortSignal.any([signal, end.signal]) };
  const found = findPython(python.interpreter, options);
  found.catch(() => undefined); // heard by whoever starts kernels
  return { found, [Symbol.dispose]: () => end.abort() };
}

function worldOf(request: Request, parts: WorldParts): World {
  const { env, signal, files, face, onStarting, commit, found } = parts;
  const { progress, redact } = face;
  const { workingDirectory } = request;
  const cpus = availableCpus();
  const tell = (text: string): void => progress({ kind: 'notice', run: undefined, level: 'info', text });
  return {
    notebooks: notebookSource(workingDirectory),
    files,
    clock: systemClock,
    progress,
    cpus,
    signal,
    redact,
    takeOutput: ({ runs }, directory) =>
      takeOutputDirectory(directory, [...runs.map(({ outputPath }) => outputPath), resultsPath(request)]),
    earlierRuns: () => earlierRuns(request.earlierResults ?? resultsPath(request)),
    memoryBytes: availableMemory,
    async startKernels({ plan, parallel }) {
      const preparation = {
        ...request.python,
        cacheDir: defaultCacheDir(env),
        env: withoutSecrets(env, request.passEnv), // packages run code of strangers when they are installed
        found,
      };
      const python = await preparePython(preparation, tell, signal);
      return await startKernels({
        python: python.executable,
        scripts: dirname(pythonFile('launch_server.py')),
        environment: env,
        passEnv: request.passEnv,
        outputLimits: request.outputLimits,
        cpus,
        parallel,
        forking: request.isolation === 'fork' ? forkingOf(request, plan, progress) : undefined,
        signal,
        onStarting,
        onWarning: (run, text) => progress({ kind: 'notice', run, level: 'warning', text }),
      });
    },
    async writeResults(batch) {
      const path = resultsPath(request);
      face.onFirstWrite(path);
      const pieces = resultsJson(batch, { commit: await commit, workingDirectory });
      await writeAtomically(path, pieces, request.outputDir);
    },
  };
}

function forkingOf(
  { workingDirectory }: Request,
  { runs, sharedImports }: Plan,
  progress: Progress,
): Forking {
  return {
    cwd: runs[0]?.settings.cwd ?? workingDirectory,
    imports: sharedImports ?? [],
    onNote: (run, note) =>
      progress({ kind: 'notice', run: undefined, level: 'info', text: `${run.name}: ${note}.` }),
  };
}
