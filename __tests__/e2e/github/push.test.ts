import { expect, it } from 'vitest';
import { commandsIn, PULL_REQUEST, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it('comments on the pull request that the pushed commit belongs to', async () => {
  const workflow = await Workflow.start({ event: 'push', files: ONE });
  const stacked = { ...PULL_REQUEST, number: 11, headBranch: 'on-top' };
  const merged = { ...PULL_REQUEST, number: 10, state: 'closed' } as const;
  workflow.github.pullRequests.push(stacked, merged, PULL_REQUEST);
  const { status, outputs } = await workflow.run({ 'comment-key': 'nightly' });
  expect(status).toBe(0);
  expect(workflow.github.comments.map(({ pullRequest }) => pullRequest)).toEqual([12]);
  expect(outputs['comment-url']).toBe('https://github.com/octo/notebooks/pull/12#issuecomment-1');
});

it('has nothing to say about a commit without a pull request, unless a comment was insisted on', async () => {
  const workflow = await Workflow.start({ event: 'push', files: ONE });
  const silent = await workflow.run();
  expect([silent.status, commandsIn(silent)]).toEqual([0, []]);
  const told = await workflow.run({ comment: 'always', upload: 'never', 'publish-errors': 'fail' });
  expect(told.status).toBe(0);
  expect(commandsIn(told)).toEqual(['::notice::No comment: the commit belongs to no open pull request.']);
  expect(workflow.artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);
  expect(workflow.github.comments).toEqual([]);
});
