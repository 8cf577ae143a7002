import { expect, it } from 'vitest';
import { fileIn, namesIn } from './unzip.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

it('uploads, comments, summarises and annotates, and writes the same comment anew in the next run', async () => {
  const payload = aPullRequestEvent();
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload,
    files: {
      'configs.json': {
        good: { notebook: 'nb.ipynb', parameters: { n: 2 } },
        bad: { notebook: 'nb.ipynb', parameters: { n: 0 } },
      },
    },
  });
  const { github, artifacts } = workflow;

  const first = await workflow.run();
  expect(first.status).toBe(1);
  expect(artifacts.stored).toHaveLength(1);
  const [artifact] = artifacts.stored;
  expect(artifact).toMatchObject({ name: 'notebooks', mimeType: 'application/zip' });
  const zip = artifact?.content ?? Buffer.alloc(0);
  expect(namesIn(zip)).toEqual(['batch.log', 'nb/bad/nb_bad.ipynb', 'nb/good/nb_good.ipynb', 'results.json']);
  expect(JSON.parse((await fileIn(zip, 'results.json')) ?? '')).toMatchObject({
    totals: { failed: 1, passed: 1 },
  });
  expect(await fileIn(zip, 'batch.log')).toContain('ZeroDivisionError');

  const artifactUrl = 'https://github.com/octo/notebooks/actions/runs/5000/artifacts/1000';
  const commentUrl = 'https://github.com/octo/notebooks/pull/12#issuecomment-1';
  expect(first.outputs).toMatchObject({
    'artifact-id': '1000',
    'artifact-url': artifactUrl,
    'comment-url': commentUrl,
  });
  expect(github.comments).toMatchObject([{ pullRequest: 12, author: 'github-actions[bot]' }]);
  const [comment] = github.comments;
  expect(comment?.body).toContain(artifactUrl);
  expect(comment?.body).toContain('ZeroDivisionError');
  expect(first.summary).toContain('ZeroDivisionError');
  expect(commandsIn(first)).toEqual([expect.stringMatching(/^::error title=.*file=nb\.ipynb,line=\d+::/)]);

  const second = await workflow.run(
    { parameters: '{"n": 3}' },
    { GITHUB_RUN_NUMBER: '8', GITHUB_RUN_ID: '5001' },
  );
  expect(second.status).toBe(0);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).not.toContain('ZeroDivisionError');
  expect(second.outputs['comment-url']).toBe(commentUrl);
  // Another workflow run would have artifacts of its own; in the same one the name is taken.
  expect(artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-2']);
  expect(commandsIn(second)).toEqual([]);

  expect((await workflow.post(second)).status).toBe(0);
  expect(artifacts.stored).toHaveLength(2);
});
