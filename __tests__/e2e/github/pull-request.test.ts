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

  // What is checked out is a merge that nobody knows.
  const first = await workflow.run({}, { GITHUB_SHA: 'abad1dea'.padEnd(40, '0') });
  expect(first.status).toBe(1);
  expect(artifacts.stored).toHaveLength(2);
  const [artifact, report] = artifacts.stored;
  expect(artifact).toMatchObject({ name: 'notebooks', mimeType: 'application/zip' });
  const zip = artifact?.content ?? Buffer.alloc(0);
  expect(namesIn(zip)).toEqual(['batch.log', 'nb/bad/nb_bad.ipynb', 'nb/good/nb_good.ipynb', 'results.json']);
  expect(JSON.parse((await fileIn(zip, 'results.json')) ?? '')).toMatchObject({
    totals: { failed: 1, passed: 1 },
  });
  expect(await fileIn(zip, 'batch.log')).toContain('ZeroDivisionError');

  expect(report).toMatchObject({ name: 'notebooks-report.html', mimeType: 'text/html' });
  expect(report?.content.toString()).toContain('<title>1 of 2 runs did not pass</title>');

  const artifactUrl = 'https://github.com/octo/notebooks/actions/runs/5000/artifacts/1000';
  const reportUrl = artifactUrl.replace('1000', '1001');
  const commentUrl = 'https://github.com/octo/notebooks/pull/12#issuecomment-1';
  expect(first.outputs).toMatchObject({
    'artifact-id': '1000',
    'artifact-url': artifactUrl,
    'report-url': reportUrl,
    'comment-url': commentUrl,
  });
  expect(github.comments).toMatchObject([{ pullRequest: 12, author: 'github-actions[bot]' }]);
  const [comment] = github.comments;
  expect(comment?.body).toContain(artifactUrl);
  expect(comment?.body).toContain('ZeroDivisionError');
  for (const text of [comment?.body, first.summary]) {
    expect(text).toContain(`(${reportUrl})`);
    expect(text).toContain(`(${reportUrl}#run=bad&amp;cell=3)`);
  }
  expect(first.summary).toContain('ZeroDivisionError');
  for (const text of [comment?.body, first.summary]) {
    expect(text).toContain('Commit [`c0ffee0`](https://github.com/octo/notebooks/commit/c0ffee0');
    expect(text).not.toContain('abad1dea');
  }
  expect(commandsIn(first)).toEqual([expect.stringMatching(/^::error title=.*file=nb\.ipynb,line=\d+::/)]);
  expect(commandsIn(first)[0]).toContain(`${reportUrl}#run=bad&cell=3`);

  const second = await workflow.run(
    { parameters: '{"n": 3}' },
    { GITHUB_RUN_NUMBER: '8', GITHUB_RUN_ID: '5001' },
  );
  expect(second.status).toBe(0);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).not.toContain('ZeroDivisionError');
  expect(second.outputs['comment-url']).toBe(commentUrl);
  // Another workflow run would have artifacts of its own; in the same one the name is taken.
  expect(artifacts.stored.map(({ name }) => name)).toEqual([
    'notebooks',
    'notebooks-report.html',
    'notebooks-2',
    'notebooks-report-2.html',
  ]);
  expect(commandsIn(second)).toEqual([]);
  expect(second.stdout).toContain('Uploading the artifact notebooks-2');

  expect((await workflow.post(second)).status).toBe(0);
  expect(artifacts.stored).toHaveLength(4);
});
