import { expect, it } from 'vitest';
import { commentWriter } from '../../../src/report/comment-marker.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it('ends with one comment, the newest, and two artifacts when two runs publish at the same time', async () => {
  const workflow = await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent(), files: ONE });
  const runs = ['7', '8'].map((number) =>
    workflow.start({ 'output-dir': `out-${number}` }, { GITHUB_RUN_NUMBER: number }),
  );
  const steps = await Promise.all(runs.map(({ finished }) => finished));
  expect(steps.map(({ status }) => status)).toEqual([0, 0]);
  expect(steps.flatMap(commandsIn)).toEqual([]);
  expect(workflow.github.comments.map(({ body }) => commentWriter(body)?.number)).toEqual([8]);
  expect(workflow.artifacts.stored.map(({ name }) => name).sort()).toEqual([
    'notebooks',
    'notebooks-2',
    'notebooks-report-2.html',
    'notebooks-report.html',
  ]);

  const older = await workflow.run({ upload: 'never' }, { GITHUB_RUN_NUMBER: '6' });
  expect(older.status).toBe(0);
  expect(workflow.github.comments.map(({ body }) => commentWriter(body)?.number)).toEqual([8]);
});
