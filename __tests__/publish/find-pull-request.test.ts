import { expect, test } from 'vitest';
import { findPullRequest, findReportedPullRequest } from '../../src/publish/find-pull-request.ts';
import type { PatientApi } from '../../src/publish/patient-api.ts';
import type { PullRequest, PullRequests } from '../../src/publish/ports.ts';
import { workflowEvent } from '../../src/publish/workflow-event.ts';

const api: PatientApi = { ask: (request) => request(), wait: () => Promise.resolve(false) };
const aPull = (number: number, overrides: Partial<PullRequest> = {}): PullRequest => ({
  number,
  open: true,
  headSha: 'sha',
  headBranch: 'topic',
  headRepository: 'octo/notebooks',
  ...overrides,
});

function pullRequestsOf(...pulls: readonly PullRequest[]): PullRequests {
  const found = (): Promise<readonly PullRequest[]> => Promise.resolve(pulls);
  return { ofCommit: found, ofHead: found } as unknown as PullRequests;
}

const push = workflowEvent({ GITHUB_SHA: 'sha', GITHUB_REF_NAME: 'topic' }, {});

test.each([
  ['the one of the branch', [aPull(1, { headBranch: 'on-top' }), aPull(2)], 2],
  ['one with the same head', [aPull(1, { headBranch: 'other' })], 1],
  ['one of the branch that has not heard of the commit', [aPull(1, { headSha: 'before' })], 1],
  ['none that only contains the commit', [aPull(1, { headSha: 'later', headBranch: 'on-top' })], undefined],
  ['none that is closed', [aPull(1, { open: false })], undefined],
] as const)('a pushed commit belongs to %s', async (_, pulls, expected) => {
  expect(await findPullRequest(push, { pullRequests: pullRequestsOf(...pulls), api })).toBe(expected);
});

test('a pull request that the event names is not looked for', async () => {
  const event = workflowEvent({}, { pull_request: { number: 12 } });
  expect(await findPullRequest(event, { pullRequests: {} as PullRequests, api })).toBe(12);
});

const payload = (fullName: string) => ({
  workflow_run: { id: 1, head_sha: 'sha', head_branch: 'topic', head_repository: { full_name: fullName } },
});

test.each([
  ['its newest commit', {}, 3],
  ['an older commit', { headSha: 'newer' }, undefined],
  ["another repository's branch of that name", { headRepository: 'stranger/other' }, undefined],
  ['a closed one', { open: false }, undefined],
])('a reported run belongs to the pull request when it is about %s', async (_, overrides, expected) => {
  const { reported } = workflowEvent({}, payload('stranger/notebooks'));
  if (reported === undefined) throw new Error('there is a run in the payload');
  const pullRequests = pullRequestsOf(aPull(3, { headRepository: 'stranger/notebooks', ...overrides }));
  expect((await findReportedPullRequest(reported, { pullRequests, api }))?.number).toBe(expected);
});
