import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../../src/adapters/poll-until.ts';
import { namesIn } from './unzip.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it('uploads after the connection was lost twice, and says so each time', async () => {
  const workflow = await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent(), files: ONE });
  workflow.artifacts.losses = 2;
  const step = await workflow.run({ 'publish-errors': 'fail' });
  expect(step.status).toBe(0);
  expect(commandsIn(step)).toEqual(
    [5, 15].map(
      (seconds) =>
        expect.stringMatching(
          new RegExp(`^::notice::Artifact "notebooks": .*Trying again in ${seconds} s\\.$`),
        ) as string,
    ),
  );
  expect(workflow.artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);
  expect(workflow.github.comments[0]?.body).toContain('/artifacts/1000');
});

it('uploads the others when a file vanishes while it is being uploaded', async () => {
  const workflow = await Workflow.start();
  const { artifacts, folder } = workflow;
  artifacts.losses = 1;
  const { finished } = workflow.start({ 'publish-errors': 'fail' });
  await pollUntil({ deadlineMs: 60_000, everyMs: 20 }, () => artifacts.losses === 0);
  rmSync(join(folder, 'papermill_outputs/nb/by-2/nb_by-2.ipynb'));
  const step = await finished;
  expect(step.status).toBe(4);
  expect(namesIn(artifacts.stored[0]?.content ?? Buffer.alloc(0))).toEqual([
    'batch.log',
    'nb/by-1/nb_by-1.ipynb',
    'nb/by-3/nb_by-3.ipynb',
    'results.json',
  ]);
  expect(commandsIn(step).filter((line) => line.startsWith('::warning'))).toEqual([
    expect.stringMatching(/nb_by-2\.ipynb is gone, and is not uploaded\.$/),
  ]);
});
