import { expect, it } from 'vitest';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };
const FORBIDDEN = { status: 403, body: { message: 'Resource not accessible by integration' } };

it("tells with one notice that a fork's token may not comment, and keeps status, summary and artifact", async () => {
  const payload = aPullRequestEvent('stranger/notebooks');
  const workflow = await Workflow.start({ event: 'pull_request', payload, files: ONE });
  const { github, artifacts } = workflow;
  github.intercept = ({ operation }) => (operation === 'issues/create-comment' ? FORBIDDEN : undefined);
  const step = await workflow.run({ 'publish-errors': 'fail', comment: 'always' });
  expect(step.status).toBe(0);
  expect(commandsIn(step)).toEqual([
    expect.stringMatching(/^::notice::No comment\. GitHub gives runs of a fork/),
  ]);
  expect(step.summary).toContain('only');
  expect(artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);
  expect(step.outputs['comment-url']).toBeUndefined();
});

it('says which permission is missing where the token could have it', async () => {
  const workflow = await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent(), files: ONE });
  workflow.github.intercept = ({ operation }) =>
    operation === 'issues/create-comment' ? FORBIDDEN : undefined;
  const automatic = await workflow.run({ upload: 'never', 'publish-errors': 'fail' });
  expect([automatic.status, commandsIn(automatic)]).toEqual([
    0,
    [expect.stringMatching(/^::notice::.*"permissions: pull-requests: write"/)],
  ]);
  const insisted = await workflow.run({ upload: 'never', comment: 'always', 'publish-errors': 'fail' });
  expect([insisted.status, commandsIn(insisted)]).toEqual([
    4,
    [expect.stringMatching(/^::warning::.*"permissions: pull-requests: write"/)],
  ]);
});
