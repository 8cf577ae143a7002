import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../../src/adapters/poll-until.ts';
import { aNotebook } from '../bundle.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const LIVE = { 'comment-live': 'true', 'max-parallel': '1' };

/** The cell waits until the file `gate` is gone; it is the third, after the injected parameters. */
const WAITING = 'import pathlib, time\nwhile pathlib.Path("gate").exists(): time.sleep(0.05)';

async function aWorkflow(): Promise<Workflow> {
  return await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(),
    files: {
      'nb.ipynb': aNotebook('n = 0', WAITING, '6 / n'),
      'configs.json': Object.fromEntries(
        [2, 0].map((n) => [`by-${n}`, { notebook: 'nb.ipynb', parameters: { n } }]),
      ),
      gate: '',
    },
  });
}

it('comments at the start, refreshes the comment, and ends it with the report', async () => {
  const workflow = await aWorkflow();
  const { github } = workflow;
  const bodies: string[] = [];
  github.intercept = ({ operation, body }) => {
    if (/create-comment|update-comment/.test(operation)) bodies.push(body['body'] ?? '');
    return undefined;
  };
  const { finished } = workflow.start(LIVE);
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => github.comments.length > 0);
  expect(github.comments[0]?.body).toContain('0 of 2 runs done');
  // The next is due 15 seconds later.
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => bodies.length > 1);
  expect(bodies[1]).toMatch(/▶️ running \| `by-2` \| cell 3 of 4/);
  rmSync(join(workflow.folder, 'gate'));

  const step = await finished;
  expect([step.status, step.state['live']]).toEqual([1, 'true']);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toContain('1 of 2 runs failed');
  expect(step.outputs['comment-url']).toContain('#issuecomment-1');
  expect(github.operations.filter((operation) => operation === 'issues/create-comment')).toHaveLength(1);
});

it.each([
  ['is cancelled', 'SIGINT', /2 of 2 runs failed[^]*cancelled/],
  ['is killed', 'SIGKILL', /the batch ended without results/],
] as const)('has its last word in the post step when the batch %s', async (_, signal, expected) => {
  const workflow = await aWorkflow();
  const { github } = workflow;
  const { running, finished } = workflow.start(LIVE);
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => github.comments.length > 0);
  running.child.kill(signal);
  const main = await finished;
  expect(github.comments[0]?.body).toContain('0 of 2 runs done');
  expect((await workflow.post(main)).status).toBe(0);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toMatch(expected);
});

it('comments on a failure as soon as there is one, where only failures are to be told', async () => {
  const workflow = await aWorkflow();
  rmSync(join(workflow.folder, 'gate'));
  const passing = await workflow.run({ ...LIVE, comment: 'on-failure', select: 'by-2' });
  expect([passing.status, workflow.github.comments]).toEqual([0, []]);
});

it('is silent where it may not comment, and says so once', async () => {
  const workflow = await aWorkflow();
  rmSync(join(workflow.folder, 'gate'));
  workflow.github.intercept = ({ operation }) =>
    operation === 'issues/create-comment'
      ? { status: 403, body: { message: 'Resource not accessible by integration' } }
      : undefined;
  const step = await workflow.run({ ...LIVE, select: 'by-2', upload: 'never' });
  expect([step.status, commandsIn(step)]).toEqual([
    0,
    [expect.stringMatching(/^::notice::No comment: the token may not write it/)],
  ]);
});
