import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { BUNDLE } from '../e2e/bundle.ts';
import type { CanonicalNotebook, End, Executed, Oracle } from './executed.ts';

const HERE = import.meta.dirname;
const CORPUS = join(HERE, 'corpus');
const RUN_ORACLES = join(HERE, 'run_oracles.py');
const ORACLES: readonly Oracle[] = ['nbclient', 'papermill'];
/** What they made of a corpus: they take minutes, and do the same again. */
const KEPT = join(HERE, '../../.venv');
const ENDS = 'oracles.json';
const DEADLINE_MS = 900_000;

/** Ours with kernels that are forked, as they are by default, and with kernels that each start anew. */
export const OURS = { ours: 'fork', spawned: 'spawn' } as const;
export type Ours = keyof typeof OURS;
export type Program = Oracle | Ours;
/** By name of the run; papermill cannot do all of them. */
export type Results = Readonly<Record<string, Partial<Record<Program, Executed>>>>;

/** apt-get install r-cran-irkernel: both R and its kernel. */
export const HAS_R =
  spawnSync('R', ['--slave', '-e', 'stopifnot(requireNamespace("IRkernel"))']).status === 0;

/** Files of the corpus that can be executed here. */
export const NOTEBOOKS: readonly string[] = readdirSync(CORPUS).filter(
  (file) => file.endsWith('.ipynb') && (HAS_R || !/^r[-.]/.test(file)),
);

/** The runs with parameters or settings: the members of a JSON object, as text, so that `1.0` stays `1.0`. */
const special = ['special-runs.json', ...(HAS_R ? ['special-runs-r.json'] : [])]
  .map((file) => readFileSync(join(HERE, file), 'utf8').trim().slice(1, -1).trim())
  .join(',\n');
const specialNames = Object.keys(JSON.parse(`{${special}}`) as object);

/** Names of the runs of the notebooks that need nothing but to be executed, and of those with parameters or settings. */
export const RUNS: readonly string[] = [
  ...new Set([...specialNames, ...NOTEBOOKS.map((file) => file.slice(0, -6))]),
];

/** The whole corpus as all programs execute it: the oracles, and a batch of ours for each way to start kernels. */
export async function executeCorpus(python: string): Promise<Results> {
  const oracles = await oraclesDone(python);
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  try {
    for (const kept of [...ORACLES, ENDS]) await symlink(join(oracles, kept), join(folder, kept));
    for (const ours of Object.keys(OURS)) await cp(CORPUS, join(folder, ours), { recursive: true });
    const configs = join(folder, 'configs.json');
    await writeFile(configs, configsText());
    for (const ours of Object.keys(OURS) as Ours[]) await runOurs(python, { folder, configs, ours });
    await runPython(python, join(HERE, 'canonical.py'), folder);
    return resultsIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder with what the oracles made of this corpus, these runs and this environment; executes them unless it is kept. */
async function oraclesDone(python: string): Promise<string> {
  const prefix = `oracles-${await keyOfOracles(python)}-`;
  const all = (await readdir(KEPT)).filter((name) => name.startsWith('oracles-'));
  const kept = all.find((name) => name.startsWith(prefix) && existsSync(join(KEPT, name, ENDS)));
  if (kept !== undefined) return join(KEPT, kept);
  const outdated = all.filter((name) => !name.startsWith(prefix));
  for (const name of outdated) await rm(join(KEPT, name), { recursive: true, force: true });
  const folder = await mkdtemp(join(KEPT, prefix));
  for (const oracle of ORACLES) await cp(CORPUS, join(folder, oracle), { recursive: true });
  const configs = join(folder, 'configs.json');
  await writeFile(configs, configsText());
  await runPython(python, RUN_ORACLES, configs, folder); // writes the ends, when all is done
  return folder;
}

async function keyOfOracles(python: string): Promise<string> {
  const hash = createHash('sha256')
    .update(`${python}\n${configsText()}`)
    .update(await readFile(RUN_ORACLES));
  for (const entry of await readdir(CORPUS, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hash.update(`${relative(CORPUS, path)}\n`).update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 16);
}

async function runPython(python: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(python, args, {
    env: environment(),
    timeout: DEADLINE_MS,
    maxBuffer: Infinity,
  });
}

function configsText(): string {
  return `{\n${special},\n${plainRuns().join(',\n')}\n}\n`;
}

/** configs.json with the notebooks that need nothing but to be executed. */
export function configsOfPlainRuns(): string {
  return `{\n${plainRuns().join(',\n')}\n}\n`;
}

function plainRuns(): string[] {
  return NOTEBOOKS.filter((file) => !specialNames.includes(file.slice(0, -6))).map(
    (notebook) => `${JSON.stringify(notebook.slice(0, -6))}: ${JSON.stringify({ notebook, parameters: {} })}`,
  );
}

/** Nothing of a workflow, and a variable that a notebook asks for. */
function environment(): Record<string, string | undefined> {
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^(GITHUB_|INPUT_|STATE_|RUNNER_|CI$|FORCE_COLOR|VITEST)/.test(name),
  );
  return { ...Object.fromEntries(ours), ORACLE_GREETING: 'hello' };
}

async function runOurs(
  python: string,
  { folder, configs, ours }: { folder: string; configs: string; ours: Ours },
): Promise<void> {
  const cwd = join(folder, ours);
  const args = ['--python', python, '--max-parallel', '2', '--isolation', OURS[ours]];
  const child = spawn(process.execPath, [BUNDLE, 'run', configs, ...args], {
    cwd,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
  const ends = read(ENDS) as Record<string, Partial<Record<Program, End | null>>>;
  for (const ours of Object.keys(OURS) as Ours[]) {
    const { runs } = read(`${ours}/papermill_outputs/results.json`) as {
      runs: { name: string; status: string; error: { ename: string; evalue: string } | null }[];
    };
    for (const { name, status, error } of runs) {
      const { ename, evalue } = error ?? {};
      (ends[name] ??= {})[ours] =
        status === 'failed' && ename !== undefined && evalue !== undefined
          ? { status, ename, evalue }
          : { status };
    }
  }
  return Object.fromEntries(
    RUNS.map((name) => [
      name,
      Object.fromEntries(
        (['nbclient', 'papermill', 'ours', 'spawned'] as const).flatMap((program) => {
          const [end, notebook] = [ends[name]?.[program], notebooks[name]?.[program]];
          return end && notebook ? [[program, { end, notebook }]] : [];
        }),
      ),
    ]),
  );
}
