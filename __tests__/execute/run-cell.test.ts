import { describe, expect, it } from 'vitest';
import type { CellOutcome } from '../../src/execute/cell-state.ts';
import { runCell } from '../../src/execute/run-cell.ts';
import { StopRequest } from '../../src/execute/stop-request.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type CellScript, FakeSession } from '../fakes/fake-kernels.ts';
import { aRun } from '../fakes/runs.ts';

const exit = { exitCode: 1, signal: undefined, outOfMemory: false, stderr: '' };

/** Runs one cell on a fake kernel; `during` happens once its first messages have come. */
async function outcomeOf(
  script: CellScript,
  options: {
    timeoutMs?: number;
    during?: (parts: { clock: FakeClock; session: FakeSession; controller: AbortController }) => void;
  } = {},
): Promise<{ outcome: CellOutcome; session: FakeSession; clock: FakeClock; types: string[] }> {
  const clock = new FakeClock();
  const session = new FakeSession(aRun(), script);
  const controller = new AbortController();
  const types: string[] = [];
  const running = runCell({
    session,
    clock,
    code: 'x',
    stopOnError: true,
    timeoutMs: options.timeoutMs,
    signal: controller.signal,
    onSent: () => undefined,
    onMessage: (message) => types.push(message.type),
  });
  await new Promise(setImmediate);
  options.during?.({ clock, session, controller });
  return { outcome: await running, session, clock, types };
}

describe('running a cell', () => {
  it('ends with reply and idle, hears every message, and leaves no timer behind', async () => {
    const { outcome, clock, types } = await outcomeOf(
      (cell) => {
        cell.emit('stream', { name: 'stdout', text: 'hi' });
        cell.finish();
      },
      { timeoutMs: 5000 },
    );
    expect(outcome).toEqual({ kind: 'replied', reply: { status: 'ok', execution_count: 1 }, idle: true });
    expect(types).toEqual(['status', 'execute_input', 'stream', 'execute_reply', 'status']);
    expect(clock.pending).toBe(0);
  });

  it('waits for idle as long as messages keep coming, then gives it up after 10 s of silence', async () => {
    const { outcome } = await outcomeOf((cell) => cell.reply({ status: 'ok' }), {
      during: ({ clock, session }) => {
        clock.advance(9_000);
        session.cell('x', 'request-1').emit('stream', { name: 'stdout', text: 'late' });
        clock.advance(9_000);
        session.cell('x', 'request-1').emit('stream', { name: 'stdout', text: 'later' });
        clock.advance(10_000);
      },
    });
    expect(outcome).toMatchObject({ kind: 'replied', idle: false });
  });

  it('does not take for a sign of its idle what every new connection is told', async () => {
    const { outcome, clock } = await outcomeOf((cell) => cell.reply({ status: 'ok' }), {
      during: ({ clock, session }) => {
        for (let second = 0; second < 10; second++) {
          session.cell('kernel_info', 'question').emit('status', { execution_state: 'busy' });
          session.cell('kernel_info', 'question').emit('kernel_info_reply', {}, 'shell');
          session.cell('kernel_info', 'question').emit('status', { execution_state: 'idle' });
          clock.advance(1_000);
        }
      },
    });
    expect(outcome).toMatchObject({ kind: 'replied', idle: false });
    expect(clock.pending).toBe(0);
  });

  it('interrupts a cell at its limit and waits for the kernel to come back', async () => {
    const { outcome, session } = await outcomeOf(() => undefined, {
      timeoutMs: 1_000,
      during: ({ clock, session }) => {
        session.onInterrupt = () => session.cell('x', 'request-1').raise('KeyboardInterrupt', '');
        clock.advance(1_000);
      },
    });
    expect(outcome).toEqual({
      kind: 'stopped',
      cause: { kind: 'timed-out', limit: 'cell', limitMs: 1_000 },
    });
    expect([session.interrupts, session.kills]).toEqual([1, 0]);
  });

  it('kills a kernel that does not come back within 5 s of the interrupt', async () => {
    const { outcome, session } = await outcomeOf(() => undefined, {
      timeoutMs: 1_000,
      during: ({ clock }) => {
        clock.advance(6_000);
      },
    });
    expect(outcome).toMatchObject({ kind: 'stopped', cause: { kind: 'timed-out' } });
    expect([session.interrupts, session.kills]).toEqual([1, 1]);
  });

  it('stops with the reason that its signal carries', async () => {
    const cause = { kind: 'timed-out', limit: 'batch', limitMs: 60_000 } as const;
    const { outcome } = await outcomeOf(() => undefined, {
      during: ({ controller, session }) => {
        session.onInterrupt = () => session.cell('x', 'request-1').finish();
        controller.abort(new StopRequest(cause));
      },
    });
    expect(outcome).toEqual({ kind: 'stopped', cause });
  });

  it('stops at once when a kernel asks for input', async () => {
    const { outcome, session } = await outcomeOf((cell) => {
      cell.emit('input_request', { prompt: '? ', password: false }, 'stdin');
      cell.finish();
    });
    expect(outcome).toEqual({ kind: 'stopped', cause: { kind: 'input-requested' } });
    expect(session.interrupts).toBe(1);
  });

  it('ends when the kernel dies, and when the connection is lost', async () => {
    const died = await outcomeOf((cell) => cell.event({ kind: 'died', exit }));
    const lost = await outcomeOf((cell) => cell.event({ kind: 'disconnected', detail: 'gone' }));
    expect([died.outcome, lost.outcome]).toEqual([
      { kind: 'died', exit },
      { kind: 'disconnected', detail: 'gone' },
    ]);
  });

  it('takes no message of another request for its own end', async () => {
    const { outcome } = await outcomeOf((cell) => cell.emit('stream', { name: 'stdout', text: '' }), {
      during: ({ session }) => {
        session.cell('other', 'request-0').finish();
        session.cell('x', 'request-1').raise('ValueError', 'mine');
      },
    });
    expect(outcome).toMatchObject({ kind: 'replied', reply: { status: 'error', evalue: 'mine' } });
  });

  it('hears what threads print after its end', async () => {
    const { session, types } = await outcomeOf((cell) => cell.finish());
    session.cell('x', 'request-1').emit('stream', { name: 'stdout', text: 'late' });
    expect(types.at(-1)).toBe('stream');
  });
});
