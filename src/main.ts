import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { actionStep } from './action-step.ts';
import { broughtNode, runOn } from './adapters/newer-node.ts';
import { quietConsole } from './adapters/quiet-console.ts';
import { commandLine, terminalFail } from './command-line.ts';
import type { Env } from './execute-request.ts';
import { isPostStep, postStep } from './post-step.ts';
import { reportStep } from './report-step.ts';

/** JSON.rawJSON and `using` are there from 24 on. */
const NODE_MAJOR = 24;

/** What report/main.js says: the same bundle, for another action. */
const REPORT_STEP = '--report-step';

/** Runs what the arguments or, without any, the action's inputs ask for; resolves with the exit status. */
export async function main(argv: readonly string[], env: Env): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) return await onNewerNode(argv);
  quietConsole();
  process.stdout.on('error', ignoreClosedPipe);
  if (env['GITHUB_ACTIONS'] === 'true') {
    if (argv[0] === REPORT_STEP) return await reportStep(env);
    if (argv.length === 0) return isPostStep() ? await postStep(env) : await actionStep(env);
  }
  return await commandLine(argv, env);
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** In a clone, npm has brought a Node that is new enough: any other may start this program. */
async function onNewerNode(argv: readonly string[]): Promise<number> {
  const node = broughtNode(join(dirname(fileURLToPath(import.meta.url)), '..'));
  if (node !== undefined) return await runOn(node, [process.argv[1] ?? '', ...argv]);
  terminalFail(
    `This program needs Node ${NODE_MAJOR} and runs on ${process.version}. ` +
      'In a clone, "npm ci" brings it; elsewhere install Node 24.',
  );
  return 2;
}
