import { expect, it } from 'vitest';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };
const QUIET = { upload: 'never', comment: 'always' };

async function aWorkflow(): Promise<Workflow> {
  return await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent(), files: ONE });
}

it('asks again after 429, a secondary limit, and an error of the server', async () => {
  const workflow = await aWorkflow();
  const { github } = workflow;
  const retry = { 'retry-after': '1' };
  const answers = [
    { status: 429, body: { message: 'Too many requests' }, headers: retry },
    { status: 403, body: { message: 'You have exceeded a secondary rate limit' }, headers: retry },
    { status: 500, body: { message: 'Server Error' } },
  ];
  github.intercept = () => answers.shift();
  const step = await workflow.run(QUIET);
  expect([step.status, commandsIn(step)]).toEqual([0, []]);
  expect(github.comments).toHaveLength(1);
  expect(answers).toEqual([]);
});

it('leaves one comment when the answer to its creation is lost', async () => {
  const workflow = await aWorkflow();
  const { github } = workflow;
  let lost = false;
  github.afterwards = ({ operation }) => {
    if (lost || operation !== 'issues/create-comment') return undefined;
    lost = true;
    return { status: 502, body: { message: 'Bad Gateway' } };
  };
  const step = await workflow.run(QUIET);
  expect([step.status, commandsIn(step)]).toEqual([0, []]);
  expect(github.comments).toHaveLength(1);
  expect(step.outputs['comment-url']).toContain('#issuecomment-1');
});

it('gives up at once when it is asked to wait for an hour', async () => {
  const workflow = await aWorkflow();
  workflow.github.intercept = ({ operation }) =>
    operation === 'issues/create-comment'
      ? { status: 403, body: { message: 'secondary rate limit' }, headers: { 'retry-after': '3600' } }
      : undefined;
  const step = await workflow.run({ ...QUIET, 'publish-errors': 'fail' });
  expect(step.status).toBe(4);
  expect(commandsIn(step)).toEqual([expect.stringMatching(/^::warning::No comment: .* wait 3600 s/)]);
});
