import { expect, test } from 'vitest';
import { commentPolicy } from '../../src/publish/comment-policy.ts';
import { commentRefusal } from '../../src/publish/comment-refusal.ts';
import { ApiError } from '../../src/publish/ports.ts';
import { workflowEvent } from '../../src/publish/workflow-event.ts';

const on = (GITHUB_EVENT_NAME: string, payload: object = {}) => workflowEvent({ GITHUB_EVENT_NAME }, payload);
const EVENTS = {
  pull_request: on('pull_request', { pull_request: { number: 1 } }),
  push: on('push'),
  workflow_dispatch: on('workflow_dispatch'),
  schedule: on('schedule'),
};

test.each([
  ['auto', 'pull_request', false, 'look create'],
  ['auto', 'push', false, 'look create'],
  ['auto', 'workflow_dispatch', true, 'create'],
  ['auto', 'schedule', true, 'create'],
  ['always', 'workflow_dispatch', false, 'look create insist'],
  ['on-failure', 'pull_request', false, 'look'],
  ['on-failure', 'pull_request', true, 'look create insist'],
  ['never', 'pull_request', true, ''],
] as const)('%s on %s, failed: %s, means: %s', (comment, name, failed, expected) => {
  const policy = commentPolicy(comment, { event: EVENTS[name], failed });
  const words = (['look', 'create', 'insist'] as const).filter((word) => policy[word]);
  expect(words.join(' ')).toBe(expected);
});

test.each([
  [
    403,
    'Resource not accessible by integration',
    { restricted: true },
    'notice',
    /a second workflow can comment/,
  ],
  [404, 'Not Found', { restricted: true }, 'notice', /a second workflow/],
  [403, 'Resource not accessible by integration', {}, 'notice', /pull-requests: write/],
  [403, 'Resource not accessible by integration', { insist: true }, 'problem', /pull-requests: write/],
  [401, 'Bad credentials', { insist: true }, 'problem', /may not write it \(401\)/],
  [403, 'Unable to create comment because issue is locked.', { insist: true }, 'notice', /locked/],
  [410, 'Gone', { insist: true }, 'notice', /none any more/],
  [500, 'Server Error', {}, 'problem', /Server Error/],
  [undefined, 'fetch failed', {}, 'problem', /cannot be reached: fetch failed/],
] as const)('%s %s %j is a %s', (status, message, facts, level, text) => {
  const error = new ApiError(message, { status, retryAfterMs: undefined });
  const refusal = commentRefusal(error, { restricted: false, insist: false, ...facts });
  expect(refusal).toEqual({ level, text: expect.stringMatching(text) as string });
});

test('a limit on requests is told with its time', () => {
  const error = new ApiError('secondary rate limit', { status: 403, retryAfterMs: 3_600_000 });
  expect(commentRefusal(error, { restricted: true, insist: false })).toEqual({
    level: 'problem',
    text: expect.stringContaining('asks to wait 3600 s') as string,
  });
});
