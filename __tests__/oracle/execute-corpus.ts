import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUNDLE } from '../e2e/bundle.ts';
import type { CanonicalNotebook, End, Executed, Oracle } from './executed.ts';

const HERE = import.meta.dirname;
const CORPUS = join(HERE, 'corpus');
const DEADLINE_MS = 900_000;

export type Program = Oracle | 'ours';
/** By name of the run; papermill cannot do all of them. */
export type Results = Readonly<Record<string, Partial<Record<Program, Executed>>>>;

const special = readFileSync(join(HERE, 'special-runs.json'), 'utf8');

/** Files of the corpus. */
export const NOTEBOOKS: readonly string[] = readdirSync(CORPUS).filter((file) => file.endsWith('.ipynb'));

/** Names of the runs of the notebooks that need nothing but to be executed, and of those with parameters or settings. */
export const RUNS: readonly string[] = [
  ...new Set([...Object.keys(JSON.parse(special) as object), ...NOTEBOOKS.map((file) => file.slice(0, -6))]),
];

/** Executes the whole corpus with all three programs; at first the oracles, two at once, then one batch of ours. */
export async function executeCorpus(python: string): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  try {
    for (const program of ['nbclient', 'papermill', 'ours']) {
      await cp(CORPUS, join(folder, program), { recursive: true });
    }
    const configs = join(folder, 'ours', 'configs.json');
    await writeFile(configs, configsText());
    const run = promisify(execFile);
    const options = { env: environment(), timeout: DEADLINE_MS, maxBuffer: Infinity };
    await run(python, [join(HERE, 'run_oracles.py'), configs, folder], options);
    await runOurs(python, join(folder, 'ours'));
    await run(python, [join(HERE, 'canonical.py'), folder], options);
    return resultsIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As text, so that `1.0` in the special runs stays `1.0`. */
function configsText(): string {
  const names = Object.keys(JSON.parse(special) as object);
  const plain = NOTEBOOKS.filter((file) => !names.includes(file.slice(0, -6))).map(
    (notebook) => `${JSON.stringify(notebook.slice(0, -6))}: ${JSON.stringify({ notebook, parameters: {} })}`,
  );
  return `${special.trimEnd().slice(0, -1)},\n${plain.join(',\n')}\n}\n`;
}

/** Nothing of a workflow, and a variable that a notebook asks for. */
function environment(): Record<string, string | undefined> {
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^(GITHUB_|INPUT_|STATE_|RUNNER_|CI$|FORCE_COLOR|VITEST)/.test(name),
  );
  return { ...Object.fromEntries(ours), ORACLE_GREETING: 'hello' };
}

async function runOurs(python: string, cwd: string): Promise<void> {
  const args = [BUNDLE, 'run', 'configs.json', '--python', python, '--max-parallel', '2'];
  const child = spawn(process.execPath, args, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  const status = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  // 1: some runs fail, as they should.
  if (status !== 1) throw new Error(`The batch ended with ${String(status)}:\n${said.join('')}`);
}

function resultsIn(folder: string): Results {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const notebooks = read('canonical.json') as Record<string, Partial<Record<Program, CanonicalNotebook>>>;
  const ends = read('oracles.json') as Record<string, Partial<Record<Program, End | null>>>;
  const { runs } = read('ours/papermill_outputs/results.json') as {
    runs: { name: string; status: string; error: { ename: string; evalue: string } | null }[];
  };
  for (const { name, status, error } of runs) {
    const { ename, evalue } = error ?? {};
    (ends[name] ??= {}).ours =
      status === 'failed' && ename !== undefined && evalue !== undefined
        ? { status, ename, evalue }
        : { status };
  }
  return Object.fromEntries(
    RUNS.map((name) => [
      name,
      Object.fromEntries(
        (['nbclient', 'papermill', 'ours'] as const).flatMap((program) => {
          const [end, notebook] = [ends[name]?.[program], notebooks[name]?.[program]];
          return end && notebook ? [[program, { end, notebook }]] : [];
        }),
      ),
    ]),
  );
}
