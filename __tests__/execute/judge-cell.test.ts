import { describe, expect, it } from 'vitest';
import type { CellOutcome } from '../../src/execute/cell-state.ts';
import { type CellVerdict, judgeCell } from '../../src/execute/judge-cell.ts';
import type { ErrorOutput, JsonObject } from '../../src/notebook/types.ts';

const ok: JsonObject = { status: 'ok' };
const failed: JsonObject = { status: 'error', ename: 'ValueError', evalue: 'bad', traceback: ['a', 'b'] };
const error: ErrorOutput = {
  output_type: 'error',
  ename: 'ValueError',
  evalue: 'bad',
  traceback: ['a', 'b'],
};

function replied(reply: JsonObject): CellOutcome {
  return { kind: 'replied', reply, idle: true };
}

function judge(outcome: CellOutcome, errorOutput?: ErrorOutput, tags: string[] = []): CellVerdict {
  return judgeCell({ outcome, errorOutput, tags });
}

describe('a cell that was answered', () => {
  it('passes when reply and outputs show no error', () => {
    expect(judge(replied(ok))).toEqual({ kind: 'passed', warning: undefined });
  });

  it('fails on an error reply without an error output', () => {
    expect(judge(replied(failed))).toMatchObject({ kind: 'failed', error: { ename: 'ValueError' } });
  });

  it('fails on an error output without an error reply', () => {
    expect(judge(replied(ok), error)).toMatchObject({ kind: 'failed', error: { ename: 'ValueError' } });
  });

  it('fails when the kernel refused it', () => {
    expect(judge(replied({ status: 'aborted' }))).toMatchObject({
      kind: 'failed',
      error: { ename: 'Aborted' },
    });
  });

  it('passes when it raises as its tag says', () => {
    expect(judge(replied(failed), error, ['raises-exception'])).toEqual({
      kind: 'passed',
      warning: undefined,
    });
  });

  it('passes with a warning when its tag promises an exception that does not come', () => {
    expect(judge(replied(ok), undefined, ['raises-exception'])).toMatchObject({
      kind: 'passed',
      warning: 'is tagged raises-exception but raised nothing',
    });
  });

  it.each(['', '0', 'None'])('ends the run well when it exits with %j', (evalue) => {
    expect(judge(replied(failed), { ...error, ename: 'SystemExit', evalue })).toEqual({ kind: 'ended' });
  });

  it('fails when it exits with a status that is not 0', () => {
    expect(judge(replied(failed), { ...error, ename: 'SystemExit', evalue: '3' })).toMatchObject({
      kind: 'failed',
      error: { ename: 'SystemExit', evalue: '3' },
    });
  });

  it('goes on after a cell that may raise and exits', () => {
    const exit = { ...error, ename: 'SystemExit', evalue: '0' };
    expect(judge(replied(failed), exit, ['raises-exception'])).toEqual({
      kind: 'passed',
      warning: undefined,
    });
  });

  it('ends the run well when it calls quit()', () => {
    const reply = { status: 'ok', payload: [{ source: 'ask_exit', keepkernel: false }] };
    expect(judge(replied(reply))).toEqual({ kind: 'ended' });
  });
});

describe('a cell that was not', () => {
  const exit = { exitCode: undefined, signal: 'SIGKILL', outOfMemory: true, stderr: 'line 1\nline 2' };
  const cases: [string, CellOutcome, CellVerdict][] = [
    [
      'is timed out by its own limit',
      { kind: 'stopped', cause: { kind: 'timed-out', limit: 'cell', limitMs: 1500 } },
      {
        kind: 'broken',
        status: 'timed-out',
        error: {
          ename: 'CellTimeoutError',
          evalue: 'This cell took longer than its limit of 1.5 s.',
          traceback: [],
        },
      },
    ],
    [
      'tells how its kernel died, and the last it wrote',
      { kind: 'died', exit },
      {
        kind: 'broken',
        status: 'kernel-died',
        error: {
          ename: 'KernelDied',
          evalue:
            "The kernel's process ended by SIGKILL during this cell. The machine was out of memory: the system killed a process meanwhile. Output of its last moments may be missing.",
          traceback: ['line 1', 'line 2'],
        },
      },
    ],
    [
      'is cancelled with the batch',
      { kind: 'stopped', cause: { kind: 'cancelled' } },
      {
        kind: 'broken',
        status: 'cancelled',
        error: { ename: 'Cancelled', evalue: 'The batch was cancelled while this cell ran.', traceback: [] },
      },
    ],
  ];

  it.each(cases)('%s', (_, outcome, expected) => {
    expect(judge(outcome)).toEqual(expected);
  });
});
