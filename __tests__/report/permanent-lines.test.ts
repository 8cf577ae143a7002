import { expect, test } from 'vitest';
import type { BatchEvent } from '../../src/model.ts';
import { permanentLines } from '../../src/report/permanent-lines.ts';
import { aFailure, aResult, aRun, anError } from '../fakes/runs.ts';

const events: readonly BatchEvent[] = [
  { kind: 'batch-started', total: 5, parallel: 2 },
  { kind: 'run-started', run: aRun(), attempt: 1 },
  { kind: 'run-finished', result: aResult() },
  {
    kind: 'run-finished',
    result: aResult({ name: 'データ', attempts: 2, output: { kind: 'lost', messages: 1 } }),
  },
  { kind: 'run-finished', result: aFailure() },
  {
    kind: 'run-finished',
    result: aFailure({
      name: 'slow',
      status: 'timed-out',
      durationMs: 65_000,
      error: anError({
        ename: 'CellTimeoutError',
        evalue: 'took longer than 60 s\nand was interrupted',
        executionCount: undefined,
      }),
    }),
  },
  {
    kind: 'run-finished',
    result: aResult({ name: 'late', status: 'skipped', attempts: 0, warnings: ['bank failed before'] }),
  },
  { kind: 'notice', run: aRun(), level: 'warning', text: 'unknown parameter\u001b[2J' },
  { kind: 'notice', run: undefined, level: 'info', text: 'starting the server' },
];
const linesOf = (style: { columns: number; colour: boolean; unicode: boolean }) =>
  events.flatMap((event) => permanentLines(event, style)).join('\n');

test('what ended stays above the live region, cut to the terminal', () => {
  expect(linesOf({ columns: 80, colour: false, unicode: true })).toMatchInlineSnapshot(`
    "✓ passed          3.2 s  adult
    ✓ passed          3.2 s  データ  after 2 attempts, 1 message of the kernel lost
    ✗ failed          3.2 s  bank  cell 5 (In [4]) ZeroDivisionError: division by z…
    ✗ timed out  1 min 05 s  slow  cell 5 CellTimeoutError: took longer than 60 s a…
    – skipped                late  bank failed before
    ! adult: unknown parameter
    · starting the server"
  `);
});

test('an ASCII terminal gets ASCII signs', () => {
  expect(linesOf({ columns: 60, colour: false, unicode: false })).toMatchInlineSnapshot(`
    "+ passed          3.2 s  adult
    + passed          3.2 s  データ  after 2 attempts, 1 mess...
    x failed          3.2 s  bank  cell 5 (In [4]) ZeroDivisi...
    x timed out  1 min 05 s  slow  cell 5 CellTimeoutError: t...
    - skipped                late  bank failed before
    ! adult: unknown parameter
    - starting the server"
  `);
});

test('colour says how a run ended', () => {
  const [line] = permanentLines(
    { kind: 'run-finished', result: aFailure() },
    { columns: 50, colour: true, unicode: true },
  );
  expect(line).toBe(
    '\u001b[31m✗ failed   \u001b[39m\u001b[2m       3.2 s  \u001b[22mbank\u001b[31m  cell 5 (In [4]) Ze…\u001b[39m',
  );
});
