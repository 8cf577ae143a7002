import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, aNotebook, filesIn, resultsIn, runBundle, streamsOf } from '../bundle.ts';
import { fileIn, namesIn } from '../github/unzip.ts';
import { aPullRequestEvent, commandsIn, Workflow } from '../github/workflow.ts';

const CREDENTIALS = {
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-1234567890',
  ACTIONS_CACHE_URL: 'https://cache.example/',
  STATE_other: 'state-1234567890',
  GITHUB_TOKEN: 'ghs_environment12345',
  GH_TOKEN: 'ghs_commandline12345',
  GITHUB_ENV: '/files/env',
  GITHUB_PATH: '/files/path',
  JUPYTER_TOKEN: 'jupyter-1234567890',
};

/** Of the kernel, and of the processes around it: the template it was forked from, and the server. */
const DUMP = [
  'import json, os, pathlib',
  'parents = [int(os.environ["JPY_PARENT_PID"]), os.getppid(), os.getpid()]',
  'dumps = [pathlib.Path(f"/proc/{pid}/environ").read_text().split("\\0") for pid in parents]',
  'print(json.dumps(sorted({*os.environ, *(line.partition("=")[0] for dump in dumps for line in dump)})))',
].join('\n');

it.skipIf(process.platform !== 'linux')(
  'S1 a notebook that prints every environment it can read finds nothing that only an action is given',
  async () => {
    const workflow = await Workflow.start({
      env: { ...CREDENTIALS, MY_SETTING: 'kept' },
      files: {
        'nb.ipynb': aNotebook('n = 0', DUMP),
        'configs.json': { only: { notebook: 'nb.ipynb' } },
      },
    });
    const step = await workflow.run({ 'server-token': '', select: 'only' });
    expect(step.status).toBe(0);
    const path = join(workflow.folder, 'papermill_outputs/nb/only/nb_only.ipynb');
    const names = JSON.parse(streamsOf(path).join('')) as string[];
    expect(names).toContain('MY_SETTING');
    expect(names).toContain('GITHUB_SHA');
    const taken =
      /^(?:INPUT_|ACTIONS_|STATE_|JUPYTER_TOKEN$|GH_TOKEN$|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/;
    expect(names.filter((name) => taken.test(name))).toEqual([]);
    const [artifact] = workflow.artifacts.stored;
    const published = await Promise.all(
      namesIn(artifact?.content ?? Buffer.alloc(0)).map((name) =>
        fileIn(artifact?.content ?? Buffer.alloc(0), name),
      ),
    );
    for (const value of Object.values(CREDENTIALS).filter((each) => each.length > 12)) {
      expect(published.join('\n')).not.toContain(value);
    }
  },
);

it('S7 a notebook that overwrites the output of another is found out, and its forgery is not published', async () => {
  const forging = [
    'import pathlib',
    'path = pathlib.Path("papermill_outputs/nb/by-1/nb_by-1.ipynb")',
    'path.write_text(path.read_text().replace("n is 1", "n is forged"))',
  ].join('\n');
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(),
    files: {
      'forging.ipynb': aNotebook('n = 0', forging),
      'configs.json': {
        'by-1': { notebook: 'nb.ipynb', parameters: { n: 1 } },
        forging: { notebook: 'forging.ipynb' },
      },
    },
  });
  const step = await workflow.run();
  expect(step.status).toBe(1);
  expect(resultsIn(workflow.folder).runs.map(({ name, status }) => [name, status])).toEqual([
    ['by-1', 'failed'],
    ['forging', 'passed'],
  ]);
  expect(resultsIn(workflow.folder).runs[0]?.error?.['ename']).toBe('OutputChanged');
  const zip = workflow.artifacts.stored[0]?.content ?? Buffer.alloc(0);
  expect(namesIn(zip)).not.toContain('nb/by-1/nb_by-1.ipynb');
  expect(workflow.github.comments.map(({ body }) => body).join('\n') + step.summary).not.toContain('forged');
  expect(commandsIn(step).join('\n')).toMatch(/nb_by-1\.ipynb is no longer the file that was written/);
});

it('S3 what a notebook prints, and is called, gives the runner no command', async () => {
  const commands = ['::error::forged', '::add-mask::forged', '##[add-path]/forged', '::stop-commands::forged', '::set-output name=a::forged']; // prettier-ignore
  const printing = `for line in ${JSON.stringify(commands)}:\n    print(line)\n    print("\\r\\n " + line)`;
  const raising = `raise ValueError(${JSON.stringify(`\n${commands.join('\n')}`)})`;
  const workflow = await Workflow.start({
    files: {
      'nb.ipynb': aNotebook('n = 0', printing, raising),
      'configs.json': {
        '::error::forged\n::warning::forged': {
          notebook: 'nb.ipynb',
          parameters: { n: commands.join('\n') },
        },
      },
    },
  });
  const step = await workflow.run();
  expect(step.status).toBe(1);
  // One annotation, ours, of one line; what it quotes stands behind its own command.
  expect(commandsIn(step)).toEqual([expect.stringMatching(/^::error title=ValueError/)]);
  // The runner looks for the old form only in lines that are no command of the new one.
  expect(step.stdout.split('\n').filter((line) => !line.startsWith('::') && /##\[[a-z]/.test(line))).toEqual(
    [],
  );
  expect(Object.keys(step.outputs)).not.toContain('a');
});

const KEY = 'hunter2-hunter2-hunter2';

it.each([
  ['the action', 'action'],
  ['the command line', 'command line'],
] as const)(
  'S11 a parameter named like a secret reaches its notebook, and nothing that %s writes',
  async (_, face) => {
    const files = {
      'nb.ipynb': aNotebook(
        'api_token = ""',
        'print(len(api_token), api_token[:3]); print(f"with {api_token}")',
      ),
      'configs.json': {
        only: { notebook: 'nb.ipynb', parameters: { api_token: KEY, keys: { password: `${KEY}!` } } },
      },
    };
    const { folder, status, said } = await (face === 'action' ? inWorkflow(files) : inTerminal(files));
    expect(status).toBe(0);
    expect(said).toContain('"api_token", "password". Their values are written as ***');
    const written = filesIn(join(folder, 'papermill_outputs'))
      .map((name) => readFileSync(join(folder, 'papermill_outputs', name), 'utf8'))
      .join('\n');
    expect(written).not.toContain(KEY);
    expect(written).toContain('23 hun');
    expect(written).toContain('with ***');
    const { runs } = resultsIn(folder) as unknown as { runs: { parameters: unknown }[] };
    expect(runs[0]?.parameters).toEqual({ api_token: '***', keys: { password: '***' } });
  },
);

interface Executed {
  readonly folder: string;
  readonly status: number | null;
  /** The log, without the lines that tell the runner what to hide. */
  readonly said: string;
}

async function inWorkflow(files: Readonly<Record<string, unknown>>): Promise<Executed> {
  const workflow = await Workflow.start({ files });
  const { status, stdout, summary } = await workflow.run();
  expect(stdout).toContain(`::add-mask::${KEY}`);
  const said = asTheRunnerShowsIt(stdout);
  expect(said + summary).not.toContain(KEY);
  return { folder: workflow.folder, status, said };
}

async function inTerminal(files: Readonly<Record<string, unknown>>): Promise<Executed> {
  const folder = await aFolder(files);
  const { status, stdout } = await runBundle(['run'], { cwd: folder });
  expect(stdout).not.toContain(KEY);
  return { folder, status, said: stdout };
}

/** The runner hides in its log what a step has told it to hide. */
function asTheRunnerShowsIt(stdout: string): string {
  const told = [...stdout.matchAll(/^::add-mask::(.*)$/gm)].map(([, secret = '']) => secret);
  return told.reduce(
    (log, secret) => log.replaceAll(secret, '***'),
    stdout.replace(/^::add-mask::.*$/gm, ''),
  );
}
