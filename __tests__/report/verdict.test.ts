import { expect, test } from 'vitest';
import type { RunStatus } from '../../src/model.ts';
import { exitStatus, totals } from '../../src/report/verdict.ts';
import { aBatch, aResult } from '../fakes/runs.ts';

const batchOf = (...statuses: RunStatus[]) =>
  aBatch(statuses.map((status) => aResult({ status, name: status })));

test.each<[RunStatus[], number]>([
  [[], 0],
  [['passed', 'passed'], 0],
  [['passed', 'skipped'], 0],
  [['passed', 'failed'], 1],
  [['timed-out'], 1],
  [['kernel-died'], 1],
  [['kernel-start-failed'], 1],
  [['invalid-notebook'], 1],
  [['cancelled', 'passed'], 1],
  [['passed', 'infra-error'], 3],
  [['infra-error', 'cancelled', 'skipped'], 3],
  [['infra-error', 'failed'], 1],
])('a batch of %j ends with exit status %i', (statuses, status) => {
  expect(exitStatus(batchOf(...statuses))).toBe(status);
});

test('a signal decides the exit status, whatever had passed or failed', () => {
  expect(exitStatus(batchOf('passed', 'failed'), { interrupted: 'SIGINT' })).toBe(130);
  expect(exitStatus(batchOf('cancelled'), { interrupted: 'SIGTERM' })).toBe(143);
});

test('totals add up', () => {
  expect(totals(batchOf('passed', 'skipped', 'failed', 'cancelled', 'kernel-died'))).toEqual({
    total: 5,
    passed: 1,
    failed: 3,
    skipped: 1,
  });
});
