import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proxiedScripts } from '../../__tests__/chaos/proxied-scripts.ts';
import { codeNotebook } from '../../__tests__/fakes/code-notebook.ts';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { startKernels } from '../../src/adapters/start-kernels.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { notebookFiles } from '../../src/adapters/notebook-files.ts';
import { executeBatch } from '../../src/execute/execute-batch.ts';
import type { BatchKernels } from '../../src/execute/ports.ts';
import type { Run, RunResult } from '../../src/model.ts';
import type { Loads } from './load.ts';

const SERVER_DEATHS = 100;
const CUTS = 200;
const [AT_ONCE, DISPLAYS] = [4, 1_000];

/** What a run says whose reply, or reply and idle, went with a cut. */
const END_LOST = /how this cell ended was lost|never answered the request/;

interface Started extends AsyncDisposable {
  readonly jupyter: BatchKernels;
  readonly batchId: string;
}

/** Loads on what lies between us and the kernels; they take the adapters without the bundle. */
export const CONNECTION_LOADS: Loads = {
  L9: {
    title: `${SERVER_DEATHS} servers are killed: from death to status`,
    run: async (python) => {
      const took: number[] = [];
      let replacedInTime = true;
      for (let time = 0; time < SERVER_DEATHS; time++) {
        await using started = await start(python);
        const server = leftoverProcesses(started.batchId).find((pid) => isServer(pid));
        const results = execute(started, { count: 1, cell: 'import time\nprint("up")\ntime.sleep(600)' });
        const killedAt = await results.running.then(() => {
          process.kill(server ?? 0, 'SIGKILL');
          return performance.now();
        });
        const [result] = await results.done;
        took.push(performance.now() - killedAt);
        replacedInTime &&= result?.status === 'infra-error';
      }
      const longest = Math.max(...took);
      const figures = `longest ${(longest / 1000).toFixed(2)} s, all infra-error: ${replacedInTime ? 'yes' : 'no'}`;
      return { held: replacedInTime && longest < 2_000, figures };
    },
  },
  L11: {
    title: `${CUTS} cuts of ${AT_ONCE} connections at random moments`,
    run: async (python) => {
      const scripts = await proxiedScripts();
      await using started = await start(python, scripts);
      const seen = { rounds: 0, cuts: 0, whole: 0, lossy: 0, lost: 0, endless: 0, wrong: [] as string[] };
      while (seen.cuts < CUTS) {
        const cell = `import time\nfor i in range(${DISPLAYS}):\n    display(i)\n    time.sleep(0.005)`;
        const { done, running } = execute(started, { count: AT_ONCE, cell });
        await running;
        const over = new AbortController();
        const cutting = (async () => {
          for (;;) {
            await new Promise((resolve) => setTimeout(resolve, randomInt(200, 900)));
            if (over.signal.aborted) return;
            await writeFile(join(scripts, 'cut'), '0');
            seen.cuts += 1;
          }
        })();
        const results = await done;
        over.abort();
        await cutting;
        seen.rounds += 1;
        for (const result of results) await account(result, seen);
      }
      const figures =
        `${seen.cuts} cuts in ${seen.rounds} rounds; runs whole ${seen.whole}, with counted losses ${seen.lossy} ` +
        `(${seen.lost} messages), told that their end was lost ${seen.endless}; hangs 0; wrong: ${seen.wrong.length === 0 ? 'none' : seen.wrong.join(', ')}`;
      return { held: seen.wrong.length === 0, figures };
    },
  },
};

async function account(
  { run, status, output, error }: RunResult,
  seen: { whole: number; lossy: number; lost: number; endless: number; wrong: string[] },
): Promise<void> {
  const left = JSON.parse(await readFile(run.outputPath, 'utf8')) as { cells: { outputs?: unknown[] }[] };
  const shown = Math.max(...left.cells.map(({ outputs = [] }) => outputs.length));
  const lost = output.kind === 'lost' ? output.messages : 0;
  if (status === 'passed' && output.kind === 'complete' && shown === DISPLAYS) seen.whole += 1;
  else if (status === 'passed' && output.kind === 'lost' && shown + lost >= DISPLAYS) seen.lossy += 1;
  else if (status === 'infra-error' && END_LOST.test(error?.evalue ?? '')) seen.endless += 1;
  else seen.wrong.push(`${status} ${output.kind} with ${shown} of ${DISPLAYS}`);
  seen.lost += lost;
}

async function start(python: string, scripts = join(import.meta.dirname, '../../python')): Promise<Started> {
  let batchId = '';
  const jupyter = await startKernels({
    python,
    scripts,
    environment: process.env,
    passEnv: [],
    cpus: 2,
    parallel: AT_ONCE,
    signal: new AbortController().signal,
    onStarting: (id) => (batchId = id),
  });
  return { jupyter, batchId, [Symbol.asyncDispose]: () => jupyter[Symbol.asyncDispose]() };
}

/** Runs of one cell each; `running` resolves once all of them execute it. */
function execute(
  { jupyter }: Started,
  { count, cell }: { count: number; cell: string },
): { done: Promise<readonly RunResult[]>; running: Promise<void> } {
  const running = Promise.withResolvers<undefined>();
  let begun = 0;
  const done = (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'load-'));
    await writeFile(join(folder, 'nb.ipynb'), JSON.stringify(codeNotebook(cell)));
    const runs = Array.from({ length: count }, (_, index) => aRun(folder, index));
    const context = {
      kernels: jupyter.kernels,
      files: notebookFiles(folder),
      clock: systemClock,
      progress: ({ kind }: { kind: string }) => {
        if (kind === 'cell-started' && ++begun === count) running.resolve(undefined);
      },
      signal: new AbortController().signal,
      backup: false,
      version: 'load/0',
      workingDirectory: folder,
      outputLimits: {},
    };
    const { results } = await executeBatch({ runs, warnings: [] }, context, {
      parallel: count,
      failFast: false,
    });
    return results;
  })();
  return { done, running: running.promise };
}

function aRun(folder: string, index: number): Run {
  return {
    name: `r${index}`,
    notebook: 'nb.ipynb',
    notebookPath: join(folder, 'nb.ipynb'),
    outputLabel: `r${index}`,
    outputPath: join(folder, 'out', `r${index}.ipynb`),
    parameters: new Map(),
    varies: [],
    kernelName: 'python3',
    injectedSource: undefined,
    settings: {
      kernel: undefined,
      cwd: folder,
      env: new Map(),
      cellTimeoutMs: undefined,
      timeoutMs: undefined,
      startTimeoutMs: 60_000,
      retries: 0,
      allowErrors: false,
      tags: [],
      preload: 'auto',
    },
  };
}

function isServer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('launch_server.py');
  } catch {
    return false;
  }
}
