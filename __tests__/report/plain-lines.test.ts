import { expect, test } from 'vitest';
import { EMPTY_PLAIN_VIEW, plainLines } from '../../src/report/plain-lines.ts';
import { aBatch, aFailure, aResult, aRun } from '../fakes/runs.ts';

type Input = Parameters<typeof plainLines>[1];

/** All lines of events that come so many seconds after noon. */
function linesOf(events: readonly (readonly [seconds: number, input: Input])[]): string {
  let view = EMPTY_PLAIN_VIEW;
  const lines: string[] = [];
  for (const [seconds, input] of events) {
    const next = plainLines(view, input, {
      nowMs: seconds * 1000,
      date: new Date(2026, 0, 2, 12, 0, seconds),
    });
    view = next.view;
    lines.push(...next.lines);
  }
  return lines.join('\n');
}

test('each line says when, which run and what, and can stand alone', () => {
  const adult = aRun({ name: 'adult' });
  const bank = aRun({ name: 'bank' });
  const skipped = aResult({
    name: 'iris',
    status: 'skipped',
    attempts: 0,
    warnings: ['not started, bank had failed'],
  });
  expect(
    linesOf([
      [0, { kind: 'batch-started', total: 3, parallel: 2 }],
      [1, { kind: 'run-started', run: adult, attempt: 1 }],
      [1, { kind: 'run-started', run: bank, attempt: 1 }],
      [2, { kind: 'cell-started', run: bank, cell: 1, of: 11 }],
      [3, { kind: 'notice', run: bank, level: 'warning', text: 'unknown parameter\n"alpah"' }],
      [4, { kind: 'notice', run: undefined, level: 'info', text: 'server is slow' }],
      [5, { kind: 'run-started', run: bank, attempt: 2 }],
      [8, { kind: 'run-finished', result: aFailure({ run: bank, attempts: 2 }) }],
      [9, { kind: 'run-finished', result: aResult({ run: adult, output: { kind: 'truncated' } }) }],
      [9, { kind: 'run-finished', result: skipped }],
      [9, { kind: 'batch-finished', batch: aBatch([aResult(), aFailure(), skipped], { durationMs: 9_000 }) }],
    ]),
  ).toMatchInlineSnapshot(`
    "12:00:00 3 runs, 2 at once
    12:00:01 [1/3] adult: started
    12:00:01 [2/3] bank: started
    12:00:03 [2/3] bank: warning: unknown parameter "alpah"
    12:00:04 server is slow
    12:00:05 [2/3] bank: started again, attempt 2
    12:00:08 [2/3] bank: failed in 3.2 s (attempt 2): cell 5 (In [4]) ZeroDivisionError: division by zero
    12:00:09 [1/3] adult: passed in 3.2 s (output cut to the limit)
    12:00:09 [3/3] iris: skipped: not started, bank had failed
    12:00:09 1 passed, 1 failed, 1 skipped in 9.0 s"
  `);
});

test('a long run says every 30 s that it is alive, and nobody else does', () => {
  const run = aRun({ name: 'slow' });
  const ticks = (from: number, to: number) =>
    Array.from({ length: (to - from) / 5 }, (_, index) => [from + 5 * index, { kind: 'tick' }] as const);
  expect(
    linesOf([
      [0, { kind: 'batch-started', total: 1, parallel: 1 }],
      [0, { kind: 'run-started', run, attempt: 1 }],
      ...ticks(0, 40),
      [41, { kind: 'cell-started', run, cell: 4, of: 11 }],
      ...ticks(45, 95),
      [96, { kind: 'run-finished', result: aResult({ run, durationMs: 96_000 }) }],
      ...ticks(100, 200),
    ]),
  ).toMatchInlineSnapshot(`
    "12:00:00 1 run, 1 at once
    12:00:00 [1/1] slow: started
    12:00:30 [1/1] slow: starting kernel, 30.0 s so far
    12:01:00 [1/1] slow: cell 4/11, 1 min 00 s so far
    12:01:30 [1/1] slow: cell 4/11, 1 min 30 s so far
    12:01:36 [1/1] slow: passed in 1 min 36 s"
  `);
});
