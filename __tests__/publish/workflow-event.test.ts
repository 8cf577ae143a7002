import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refuseEvent } from '../../src/publish/refuse-event.ts';
import { workflowEvent } from '../../src/publish/workflow-event.ts';

const ENV = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'octo/notebooks',
  GITHUB_SHA: 'merge',
  GITHUB_REF_NAME: 'topic',
  GITHUB_WORKFLOW: 'checks',
  GITHUB_JOB: 'batch',
  GITHUB_RUN_ID: '5000',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_RUN_ATTEMPT: '2',
};
const pullRequestFrom = (fullName: string | null): object => ({
  pull_request: {
    number: 12,
    head: { sha: 'head', repo: fullName === null ? null : { full_name: fullName } },
  },
});

test('knows what the runner says', () => {
  expect(workflowEvent(ENV, undefined)).toEqual({
    name: 'push',
    repository: { owner: 'octo', name: 'notebooks' },
    sha: 'merge',
    branch: 'topic',
    workflow: 'checks',
    job: 'batch',
    run: { id: 5000, number: 7, attempt: 2 },
    serverUrl: 'https://github.com',
    pullRequest: undefined,
    restricted: false,
    reported: undefined,
  });
});

test('of a pull request the head is what it is about, not the merge that is checked out', () => {
  const event = workflowEvent(ENV, pullRequestFrom('octo/notebooks'));
  expect(event).toMatchObject({ sha: 'head', pullRequest: 12, restricted: false });
});

test.each([
  ['a fork', ENV, pullRequestFrom('stranger/notebooks')],
  ['a fork that was deleted', ENV, pullRequestFrom(null)],
  ['Dependabot', { ...ENV, GITHUB_ACTOR: 'dependabot[bot]' }, pullRequestFrom('octo/notebooks')],
])('the token of %s may only read', (_, env, payload) => {
  expect(workflowEvent(env, payload).restricted).toBe(true);
});

test('a comment on a pull request comes as one on an issue', () => {
  expect(workflowEvent(ENV, { issue: { number: 4, pull_request: {} } }).pullRequest).toBe(4);
  expect(workflowEvent(ENV, { issue: { number: 4 } }).pullRequest).toBeUndefined();
});

test('knows the run that another workflow reports', () => {
  const run = {
    id: 1,
    run_number: 2,
    run_attempt: 3,
    event: 'pull_request',
    head_sha: 'a',
    head_branch: 'b',
  };
  const payload = { workflow_run: { ...run, head_repository: { full_name: 'stranger/notebooks' } } };
  expect(workflowEvent(ENV, payload).reported).toEqual({
    id: 1,
    number: 2,
    attempt: 3,
    event: 'pull_request',
    headSha: 'a',
    headBranch: 'b',
    headRepository: 'stranger/notebooks',
    fromFork: true,
  });
});

test('no payload and no variable is one too strange', () => {
  const names = fc.constantFrom(...Object.keys(ENV), 'GITHUB_SERVER_URL', 'GITHUB_HEAD_REF', 'GITHUB_ACTOR');
  const keys = fc.constantFrom(
    'pull_request',
    'workflow_run',
    'issue',
    'number',
    'head',
    'repo',
    'id',
    'head_sha',
  );
  const payload = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.dictionary(keys, tie('any'))),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(names, fc.string()), payload, (env, strange) => {
      expect(() => workflowEvent(env, strange)).not.toThrow();
    }),
  );
});

test.each([
  ['push', {}, false],
  ['pull_request', pullRequestFrom('stranger/notebooks'), false],
  ['pull_request_target', pullRequestFrom('octo/notebooks'), true],
  [
    'workflow_run',
    { workflow_run: { id: 1, head_sha: 'a', head_repository: { full_name: 'octo/notebooks' } } },
    false,
  ],
  ['workflow_run', { workflow_run: { id: 1, head_sha: 'a', head_repository: null } }, true],
])('%s %j is refused: %s', (name, payload, refused) => {
  const event = workflowEvent({ ...ENV, GITHUB_EVENT_NAME: name }, payload);
  if (refused) expect(() => refuseEvent(event)).toThrow('Nothing was run');
  else expect(() => refuseEvent(event)).not.toThrow();
});
