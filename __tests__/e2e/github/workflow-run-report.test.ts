import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aPullRequestEvent, commandsIn, PULL_REQUEST, Workflow } from './workflow.ts';

const FORK = 'stranger/notebooks';
const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 0 } } } };

/** What the second workflow is told when one of a fork has ended. */
function aWorkflowRun(overrides: object = {}): object {
  return {
    workflow_run: {
      id: 5000,
      run_number: 7,
      run_attempt: 1,
      event: 'pull_request',
      head_sha: PULL_REQUEST.headSha,
      head_branch: 'topic',
      head_repository: { full_name: FORK },
      pull_requests: [],
      ...overrides,
    },
  };
}

const OF_REPORTER = { GITHUB_WORKFLOW: 'comment', GITHUB_JOB: 'comment', GITHUB_RUN_ID: '6000' };

it("comments on a fork's pull request from what its run has uploaded", async () => {
  const payload = aPullRequestEvent(FORK);
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload,
    files: { ...ONE, 'run.json': aWorkflowRun() },
  });
  const { github } = workflow;
  expect((await workflow.run({ comment: 'never' })).status).toBe(1);
  expect(github.comments).toEqual([]);

  github.pullRequests.push({ ...PULL_REQUEST, headRepository: FORK });
  const env = {
    ...OF_REPORTER,
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: `${workflow.folder}/run.json`,
  };
  const report = await workflow.report({ 'artifact-name': 'notebooks' }, env);
  expect([report.status, commandsIn(report)]).toEqual([0, []]);
  expect(github.comments).toMatchObject([{ pullRequest: 12 }]);
  expect(github.comments[0]?.body).toContain('ZeroDivisionError');
  expect(github.comments[0]?.body).toContain('/actions/runs/5000/artifacts/1000');
  expect(report.outputs['comment-url']).toContain('/pull/12#issuecomment-1');

  await workflow.report({}, env);
  expect(github.comments).toHaveLength(1);
});

it('takes the newest of what was uploaded under the name or a number of it, and links its report', async () => {
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(FORK),
    files: ONE,
  });
  const { github, artifacts } = workflow;
  github.pullRequests.push({ ...PULL_REQUEST, headRepository: FORK });
  // Longer than one page of GitHub's answer.
  for (let index = 0; index < 100; index++) artifacts.keep(`others-${index}`, Buffer.from('x'));
  await workflow.run({ comment: 'never' });
  await workflow.run({ comment: 'never' }, { GITHUB_RUN_ATTEMPT: '2' });
  const ids = new Map(artifacts.stored.map(({ name, id }) => [name, id]));
  expect([...ids.keys()].slice(100)).toEqual([
    'notebooks',
    'notebooks-report.html',
    'notebooks-2',
    'notebooks-report-2.html',
  ]);

  writeFileSync(`${workflow.folder}/run.json`, JSON.stringify(aWorkflowRun()));
  const env = {
    ...OF_REPORTER,
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: `${workflow.folder}/run.json`,
  };
  expect((await workflow.report({}, env)).status).toBe(0);
  const { body } = github.comments[0] ?? { body: '' };
  const address = (name: string): string => `/actions/runs/5000/artifacts/${ids.get(name) ?? ''}`;
  expect(body).toContain(`${address('notebooks-2')})`);
  expect(body).toContain(
    `[**Report**](https://github.com/octo/notebooks${address('notebooks-report-2.html')})`,
  );
  expect(body).toContain(`${address('notebooks-report-2.html')}#run=only&amp;cell=3`);
  expect(body).not.toContain(address('notebooks-report.html'));
});

it.each([
  ['another commit is newer', {}, { headSha: 'd'.repeat(40) }],
  ['it names the branch of another', { head_repository: { full_name: 'mallory/notebooks' } }, {}],
  ['the pull request is closed', {}, { state: 'closed' }],
] as const)('comments on no pull request when %s', async (_, run, pull) => {
  const workflow = await Workflow.start({
    event: 'workflow_run',
    payload: aWorkflowRun(run),
    env: OF_REPORTER,
  });
  workflow.github.pullRequests.push({ ...PULL_REQUEST, headRepository: FORK, ...pull });
  const report = await workflow.report({ 'publish-errors': 'fail' });
  expect([report.status, commandsIn(report)]).toEqual([
    0,
    [
      expect.stringMatching(
        /^::notice::No comment: c0ffee0+ is not the newest commit of an open pull request/,
      ),
    ],
  ]);
  expect(workflow.github.comments).toEqual([]);
});

it('tells what is wrong with an artifact that is not one of ours', async () => {
  const workflow = await Workflow.start({ event: 'workflow_run', payload: aWorkflowRun(), env: OF_REPORTER });
  const { github, artifacts } = workflow;
  github.pullRequests.push({ ...PULL_REQUEST, headRepository: FORK });
  const missing = await workflow.report();
  artifacts.keep('notebooks', Buffer.from('no archive at all, and long enough to be looked at'));
  const damaged = await workflow.report({ 'publish-errors': 'fail' });
  expect([missing.status, damaged.status]).toEqual([0, 4]);
  expect([...commandsIn(missing), ...commandsIn(damaged)]).toEqual([
    '::warning::No comment: run 5000 has no artifact "notebooks".',
    '::warning::No comment: the artifact "notebooks" cannot be read: it is not a zip archive.',
  ]);
  expect(github.comments).toEqual([]);
});

it('belongs to workflow_run, and says so', async () => {
  const workflow = await Workflow.start({ event: 'push' });
  const report = await workflow.report();
  expect(report.status).toBe(2);
  expect(commandsIn(report)).toEqual([
    expect.stringMatching(/^::error::The action "report" belongs to a workflow/),
  ]);
});
