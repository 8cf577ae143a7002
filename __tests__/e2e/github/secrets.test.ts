import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, aNotebook, filesIn, runBundle, streamsOf } from '../bundle.ts';
import { fileIn, namesIn } from './unzip.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const DOOR = 'open sesame 2026';
const KEY = 'kx83-hh2k-99as-pp0d';

it('S2, S6 hides secrets in every file that it leaves, and uploads no link that a notebook has planted', async () => {
  const leaking = [
    'import base64, os, sys',
    'door, key = os.environ["DOOR"], os.environ["DATABASE_PASSWORD"]',
    'print(key); sys.stdout.flush(); print(key[:9], end=""); sys.stdout.flush(); print(key[9:])',
    'print(base64.b64encode(key.encode()).decode())',
    'raise ValueError(f"cannot enter with {door} and {key}")',
  ].join('\n');
  const planting =
    'import pathlib, os\nos.remove("papermill_outputs/nb/bad/nb_bad.ipynb")\nos.symlink("/etc/hostname", "papermill_outputs/nb/bad/nb_bad.ipynb")';
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(),
    env: { DOOR, DATABASE_PASSWORD: KEY },
    files: {
      'nb.ipynb': aNotebook('n = 0', leaking),
      'planting.ipynb': aNotebook('n = 0', planting),
      'configs.json': { bad: { notebook: 'nb.ipynb' }, planting: { notebook: 'planting.ipynb' } },
    },
  });
  const { github, artifacts, folder } = workflow;
  const step = await workflow.run({ 'redact-env': 'DOOR', 'comment-key': 'cannot enter' });
  expect(step.status).toBe(1);
  expect(step.stdout).toContain(`::add-mask::${KEY}\n`);

  const zip = artifacts.stored[0]?.content ?? Buffer.alloc(0);
  expect(namesIn(zip)).toEqual(['batch.log', 'planting/planting/planting_planting.ipynb', 'results.json']);
  expect(commandsIn(step).filter((line) => line.startsWith('::warning'))).toEqual([
    expect.stringMatching(/nb_bad\.ipynb is no longer the file that was written, and is not uploaded/),
    expect.stringMatching(/title=bad,.*Its executed notebook is no longer the file that was written/),
  ]);
  const published = [
    ...(await Promise.all(namesIn(zip).map((name) => fileIn(zip, name)))),
    ...filesIn(join(folder, 'papermill_outputs')).map((name) =>
      readFileSync(join(folder, 'papermill_outputs', name), 'utf8'),
    ),
    ...github.comments.map(({ body }) => body),
    step.summary,
    commandsIn(step).join('\n'),
  ].join('\n');
  for (const secret of [DOOR, KEY, Buffer.from(KEY).toString('base64'), 'ghs_workflow']) {
    expect(published).not.toContain(secret);
  }
  expect(published).toContain('cannot enter with *** and ***');
});

it('hides on the command line what it is told to hide, and otherwise nothing', async () => {
  const files = {
    'nb.ipynb': aNotebook('n = 0', 'import os; print(os.environ["DOOR"])'),
    'configs.json': { only: { notebook: 'nb.ipynb' } },
  };
  const printed = async (...options: string[]): Promise<string[]> => {
    const folder = await aFolder(files);
    expect((await runBundle(['run', ...options], { cwd: folder, env: { DOOR } })).status).toBe(0);
    return streamsOf(join(folder, 'papermill_outputs/nb/only/nb_only.ipynb'));
  };
  expect(await printed()).toEqual([`${DOOR}\n`]);
  expect(await printed('--redact-env', 'DOOR')).toEqual(['***\n']);
});
