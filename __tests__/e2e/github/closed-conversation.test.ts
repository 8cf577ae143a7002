import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commentWriter } from '../../../src/report/comment-marker.ts';
import { aPullRequestEvent, commandsIn, PULL_REQUEST, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };
const QUIET = { upload: 'never', comment: 'always', 'publish-errors': 'fail' };

async function aWorkflow(): Promise<Workflow> {
  return await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent(), files: ONE });
}

it.each([
  [
    403,
    'Unable to create comment because issue is locked.',
    /the conversation of the pull request is locked/,
  ],
  [410, 'This issue was deleted', /the pull request takes none any more/],
])('has a notice instead of a comment where GitHub answers %d, %s', async (status, message, expected) => {
  const workflow = await aWorkflow();
  workflow.github.intercept = ({ operation }) =>
    operation === 'issues/create-comment' ? { status, body: { message } } : undefined;
  const step = await workflow.run(QUIET);
  expect(step.status).toBe(0);
  expect(commandsIn(step)).toEqual([expect.stringMatching(/^::notice::No comment: /)]);
  expect(commandsIn(step)[0]).toMatch(expected);
  expect(step.summary).toContain('only');
});

it('makes its comment anew when it was deleted, also at the very moment of writing it', async () => {
  const workflow = await aWorkflow();
  const { github } = workflow;
  await workflow.run(QUIET);
  github.comments.length = 0;
  expect((await workflow.run(QUIET)).outputs['comment-url']).toContain('#issuecomment-2');
  github.intercept = ({ operation }) => {
    if (operation === 'issues/update-comment') github.comments.length = 0;
    return undefined;
  };
  expect((await workflow.run(QUIET)).outputs['comment-url']).toContain('#issuecomment-3');
  expect(github.comments).toHaveLength(1);
});

it('has a notice instead of a comment where the pull request of the commit is closed', async () => {
  const workflow = await Workflow.start({ event: 'push', files: ONE });
  workflow.github.pullRequests.push({ ...PULL_REQUEST, state: 'closed' });
  const step = await workflow.run(QUIET);
  expect(step.status).toBe(0);
  expect(commandsIn(step)).toEqual(['::notice::No comment: the commit belongs to no open pull request.']);
  expect(workflow.github.comments).toEqual([]);
  expect(step.summary).toContain('only');
});

it('writes its comment anew in the pull request whose closing the event is', async () => {
  const workflow = await aWorkflow();
  await workflow.run(QUIET);
  const { pull_request: pullRequest, ...event } = aPullRequestEvent() as { pull_request: object };
  const closed = {
    ...event,
    action: 'closed',
    pull_request: { ...pullRequest, state: 'closed', merged: true },
  };
  writeFileSync(join(workflow.folder, 'event.json'), JSON.stringify(closed));
  const step = await workflow.run(QUIET, { GITHUB_RUN_NUMBER: '8' });
  expect([step.status, commandsIn(step)]).toEqual([0, []]);
  expect(workflow.github.comments.map(({ body }) => commentWriter(body)?.number)).toEqual([8]);
});
