import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it.each([
  ['pull_request_target', aPullRequestEvent('stranger/notebooks')],
  [
    'workflow_run',
    { workflow_run: { id: 1, head_sha: 'a', head_repository: { full_name: 'stranger/notebooks' } } },
  ],
])('S8 executes nothing of a fork on %s', async (event, payload) => {
  const workflow = await Workflow.start({ event, payload });
  const step = await workflow.run();
  expect(step.status).toBe(2);
  expect(commandsIn(step)).toEqual([expect.stringMatching(/^::error::.*Nothing was run/)]);
  expect(existsSync(join(workflow.folder, 'papermill_outputs'))).toBe(false);
  expect((await workflow.post(step)).status).toBe(0);
  expect(workflow.github.operations).toEqual([]);
});

it.each([
  ['merge_group', { merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-12-c0ffee' } }],
  ['schedule', { schedule: '0 5 * * 1' }],
  ['pull_request', {}],
])('runs on %s, whatever its payload lacks, though a comment is wanted', async (event, payload) => {
  const workflow = await Workflow.start({ event, payload, files: ONE });
  const step = await workflow.run({ comment: 'always', 'comment-live': 'true', 'publish-errors': 'fail' });
  expect([step.status, commandsIn(step)]).toEqual([
    0,
    ['::notice::No comment: the commit belongs to no open pull request.'],
  ]);
  expect(workflow.github.comments).toEqual([]);
  expect(step.summary).toContain('only');
});

it('runs where the event says nothing at all', async () => {
  const env = {
    GITHUB_EVENT_PATH: '/nowhere/event.json',
    GITHUB_STEP_SUMMARY: '',
    GITHUB_REPOSITORY: '',
    GITHUB_RUN_ID: '',
  };
  const workflow = await Workflow.start({ event: 'schedule', files: ONE, env });
  const step = await workflow.run({}, { GITHUB_STEP_SUMMARY: '' });
  expect([step.status, commandsIn(step)]).toEqual([0, []]);
  expect(step.outputs).toMatchObject({ 'artifact-id': '1000' });
  expect(step.outputs['artifact-url']).toBeUndefined();
});
