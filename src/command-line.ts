import { inputFiles } from './adapters/input-files.ts';
import { notebookSource } from './adapters/notebook-source.ts';
import { systemClock } from './adapters/system-clock.ts';
import { reportFiles } from './adapters/report-files.ts';
import { openTerminal } from './adapters/terminal.ts';
import { batchReport } from './batch-report.ts';
import { type Env, executeRequest, type Face, resultsPath } from './execute-request.ts';
import { buildRequest } from './inputs/build-request.ts';
import { formatProblems } from './inputs/format-problems.ts';
import { parseArguments } from './inputs/parse-arguments.ts';
import type { ReportArguments } from './inputs/parse-report-arguments.ts';
import type { RawInputs } from './inputs/raw-inputs.ts';
import type { Request } from './model.ts';
import { planJson } from './plan/plan-json.ts';
import { planRuns } from './plan/plan-runs.ts';
import { planText } from './plan/plan-text.ts';
import { finalText } from './report/final-text.ts';
import { buildReport } from './report/html-build.ts';
import { knownSecrets, requestSecrets } from './report/known-secrets.ts';
import { type Redact, redactor } from './report/redact.ts';
import { showProgress } from './report/show-progress.ts';
import { terminalAbilities } from './report/terminal-abilities.ts';
import { tellFailures } from './tell-failures.ts';
import { VERSION } from './version.ts';

/** Does what the arguments ask for; resolves with the exit status. */
export async function commandLine(argv: readonly string[], env: Env): Promise<number> {
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
      return await tellFailures(terminalFail, () => showPlan(asked.inputs, asked));
    case 'report':
      return await tellFailures(terminalFail, () => rebuildReport(asked));
    case 'run': {
      const openFace = (request: Request): Face => terminalFace(request, env);
      return await executeRequest(asked.inputs, { env, openFace, fail: terminalFail });
    }
  }
}

export function terminalFail(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function showPlan(inputs: RawInputs, { json }: { json: boolean }): Promise<number> {
  const request = await buildRequest(inputs, inputFiles(process.cwd()));
  const plan = await planRuns(request, notebookSource(request.workingDirectory));
  const show = json ? planJson : planText;
  for (const warning of plan.warnings) process.stderr.write(`! ${warning}\n`);
  process.stdout.write(show(plan, request.workingDirectory));
  return 0;
}

async function rebuildReport({ results, out }: ReportArguments): Promise<number> {
  const { runs, missing, paths } = await buildReport(results, out, reportFiles);
  for (const path of missing)
    process.stderr.write(`! There is no ${path}: its run is shown without notebook.\n`);
  process.stdout.write(`Report of ${runs === 1 ? '1 run' : `${runs} runs`}: ${paths.join(', ')}\n`);
  return 0;
}

function terminalFace(request: Request, env: Env): Face {
  const { workingDirectory, outputDir } = request;
  const stream = process.stdout;
  const abilities = terminalAbilities(env, stream.isTTY, stream.columns);
  const owned = new DisposableStack();
  const terminal = owned.use(openTerminal(stream));
  const shown = owned.use(showProgress({ terminal, abilities, clock: systemClock }));
  return {
    progress: shown.progress,
    redact: askedRedaction(request, env),
    onStarting: () => undefined,
    onFirstWrite: () => undefined,
    async finish({ batch }) {
      owned.dispose();
      const warn = (text: string): void => void process.stderr.write(`! ${text}\n`);
      const report = request.publish.report ? await batchReport({ ...request, warn }) : undefined;
      const files = { resultsPath: resultsPath(request), reportPath: report?.paths[0] };
      const places = { workingDirectory, outputDir, ...files, warnings: [] };
      stream.write(finalText(batch, { ...abilities, ...places }));
      return true;
    },
    [Symbol.dispose]: () => owned.dispose(),
  };
}

/** At home people see what their notebooks print, unless they say otherwise, or a parameter's name says it. */
function askedRedaction(request: Request, env: Env): Redact | undefined {
  const { redactEnv } = request.publish;
  const asked = redactEnv.length === 0 ? [] : knownSecrets(env, { inputs: [], redactEnv });
  const secrets = [...asked, ...requestSecrets(request)];
  return redactEnv.length === 0 && secrets.length === 0 ? undefined : redactor(secrets);
}
