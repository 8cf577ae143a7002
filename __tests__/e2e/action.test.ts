import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { aFolder, aNotebook, type Finished, runBundle } from './bundle.ts';

/** Runs the bundle as the runner runs an action: no arguments, inputs and files by environment. */
async function runAction(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return await runBundle([], {
    cwd: folder,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      GITHUB_OUTPUT: join(folder, 'outputs.txt'),
      GITHUB_STATE: join(folder, 'state.txt'),
      GITHUB_SHA: 'a'.repeat(40),
      INPUT_PYTHON: inject('python').executable,
      ...(Object.fromEntries(variables) as Record<string, string>),
      ...env,
    },
  });
}

/** What the runner reads from a command file: `name<<delimiter`, value, delimiter. */
function commandFile(path: string): Record<string, string> {
  const pattern = /^(.+?)<<(.+)\r?\n([\s\S]*?)\r?\n\2$/gm;
  const entries = [...readFileSync(path, 'utf8').matchAll(pattern)];
  return Object.fromEntries(entries.map(([, name, , value]) => [name, value])) as Record<string, string>;
}

const files = {
  'nb.ipynb': aNotebook(
    'n = 0',
    'print("::error::not a command")',
    'if n == 2: raise ValueError("::error::two")',
  ),
  'configs.json': {
    good: { notebook: 'nb.ipynb', parameters: { n: 1 } },
    bad: { notebook: 'nb.ipynb', parameters: { n: 2 } },
  },
  'outputs.txt': '',
  'state.txt': '',
};

it('runs a batch with a group per run, outputs and status', async () => {
  const folder = await aFolder(files);
  const { status, stdout } = await runAction(folder, {
    ...{ configs: 'configs.json', 'max-parallel': '2' },
    ...{ upload: 'never', annotations: 'false' },
  });
  expect(status).toBe(1);
  expect(
    stdout
      .match(/^::group::.*$/gm)
      ?.map((line) => line.replace(/\d.*/, '…'))
      .sort(),
  ).toEqual(['::group::✓ good: passed in …', '::group::✗ bad: failed in …']);
  expect(stdout.match(/^::endgroup::$/gm)).toHaveLength(2);
  expect(commandFile(join(folder, 'outputs.txt'))).toEqual({
    total: '2',
    passed: '1',
    failed: '1',
    skipped: '0',
    results: join(folder, 'papermill_outputs/results.json'),
    'output-dir': join(folder, 'papermill_outputs'),
  });
  // What a notebook says is never a command to the runner.
  expect(stdout.match(/^\s*::(?!group|endgroup|debug)/gm)).toBeNull();
});

it('lays the parameters of a workflow_dispatch over every run, and selects', async () => {
  const folder = await aFolder(files);
  const inputs = { parameters: '{"n": [5, 6]}', select: 'good*' };
  expect(await runAction(folder, inputs)).toMatchObject({ status: 0 });
  const results = JSON.parse(readFileSync(join(folder, 'papermill_outputs/results.json'), 'utf8')) as {
    commit: string;
    runs: { parameters: { n: number } }[];
  };
  expect(results.runs.map(({ parameters }) => parameters.n)).toEqual([5, 6]);
  expect(results.commit).toBe('a'.repeat(40));
});

it('refuses an input of a later version instead of ignoring it', async () => {
  const folder = await aFolder(files);
  const { status, stdout } = await runAction(folder, { 'server-token': 'x', retries: 'many' });
  expect(status).toBe(2);
  expect(stdout).toMatch(/::error::.*server-token.*not available/s);
  expect(stdout).toMatch(/retries.*"many"/s);
});

it('cleans up in its post step and ends well', async () => {
  const folder = await aFolder(files);
  const { status } = await runAction(
    folder,
    {},
    { STATE_main: 'begun', STATE_batch: '00000000-0000-4000-8000-000000000000' },
  );
  expect(status).toBe(0);
});
