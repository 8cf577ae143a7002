import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CellOutcome } from '../../src/execute/cell-state.ts';
import { runCell } from '../../src/execute/run-cell.ts';
import { StopRequest } from '../../src/execute/stop-request.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FakeSession } from '../fakes/fake-kernels.ts';
import { aRun } from '../fakes/runs.ts';

const EVENTS = [
  'reply',
  'error reply',
  'idle',
  'output',
  'of another request',
  'input request',
  'died',
  'disconnected',
  'cancel',
  'run limit',
  '1 s passes',
  '6 s pass',
  '11 s pass',
] as const;
type Event = (typeof EVENTS)[number];

const exit = { exitCode: undefined, signal: 'SIGKILL', outOfMemory: false, stderr: '' };
const STOPPING: Partial<Record<Event, string>> = {
  'input request': 'input-requested',
  cancel: 'cancelled',
  'run limit': 'timed-out',
};

/** A cell on a fake kernel, to which the scheduler lets things happen, and what came of it. */
async function outcomeOf(scheduler: fc.Scheduler, events: readonly Event[]) {
  const clock = new FakeClock();
  const session = new ScheduledSession(scheduler);
  const controller = new AbortController();
  const outcomes: CellOutcome[] = [];
  const before: Event[] = [];
  const cell = session.cell('x', 'request-1');
  const actions: Record<Event, () => void> = {
    reply: () => cell.reply({ status: 'ok' }),
    'error reply': () => cell.reply({ status: 'error', ename: 'E', evalue: '' }),
    idle: () => cell.idle(),
    output: () => cell.emit('stream', { name: 'stdout', text: 'x' }),
    'of another request': () => session.cell('y', 'request-0').finish(),
    'input request': () => cell.emit('input_request', { prompt: '' }, 'stdin'),
    died: () => cell.event({ kind: 'died', exit }),
    disconnected: () => cell.event({ kind: 'disconnected', detail: 'gone' }),
    cancel: () => controller.abort(new StopRequest({ kind: 'cancelled' })),
    'run limit': () => controller.abort(new StopRequest({ kind: 'timed-out', limit: 'run', limitMs: 1 })),
    '1 s passes': () => clock.advance(1_000),
    '6 s pass': () => clock.advance(6_000),
    '11 s pass': () => clock.advance(11_000),
  };
  void runCell({
    session,
    clock,
    code: 'x',
    stopOnError: true,
    timeoutMs: 20_000,
    signal: controller.signal,
    onSent: () => undefined,
    onMessage: () => undefined,
  }).then((outcome) => outcomes.push(outcome));
  for (const event of events) {
    void scheduler.schedule(Promise.resolve(), event).then(() => {
      if (outcomes.length === 0) before.push(event);
      actions[event]();
    });
  }
  await scheduler.waitIdle();
  clock.advance(60_000); // the cell's own limit, and the grace after it
  await scheduler.waitIdle();
  return { outcomes, before, clock, session, signal: controller.signal };
}

/** Its answers to interrupt and kill come when the scheduler likes. */
class ScheduledSession extends FakeSession {
  readonly #scheduler: fc.Scheduler;

  constructor(scheduler: fc.Scheduler) {
    super(aRun(), () => undefined);
    this.#scheduler = scheduler;
  }

  override async interrupt(): Promise<void> {
    await this.#scheduler.schedule(super.interrupt(), 'interrupted');
  }

  override async kill(): Promise<void> {
    await this.#scheduler.schedule(super.kill(), 'killed');
  }
}

it('in 10,000 orders of events a cell has one outcome that fits them, and leaves nothing behind', async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): number => rejections.push(reason);
  process.on('unhandledRejection', note);
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom(...EVENTS), { maxLength: 8 }),
      async (scheduler, events) => {
        const { outcomes, before, clock, session, signal } = await outcomeOf(scheduler, events);
        expect(outcomes).toHaveLength(1);
        expect(clock.pending).toBe(0);
        expect(getEventListeners(signal, 'abort')).toEqual([]);
        expect(session.interrupts).toBeLessThanOrEqual(1);
        expect(session.kills).toBeLessThanOrEqual(session.interrupts);
        for (const outcome of outcomes) {
          seen.add(outcome.kind);
          fits(outcome, before);
        }
      },
    ),
    { numRuns: 10_000 },
  );
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
  expect([...seen].sort()).toEqual(['died', 'disconnected', 'no-reply', 'replied', 'stopped']);
}, 120_000);

/** What must have happened for an outcome, and what not before it. */
function fits(outcome: CellOutcome, before: readonly Event[]): void {
  const ends = before.filter((event) => event === 'died' || event === 'disconnected');
  const stops = before.flatMap((event) => STOPPING[event] ?? []);
  const replies = before.filter((event) => event === 'reply' || event === 'error reply');
  switch (outcome.kind) {
    case 'replied':
      expect(outcome.reply['status']).toBe(replies[0] === 'reply' ? 'ok' : 'error');
      expect(stops).toEqual([]);
      if (outcome.idle) expect(before).toContain('idle');
      break;
    case 'no-reply':
      expect([before.includes('idle'), replies, stops, ends]).toEqual([true, [], [], []]);
      break;
    case 'died':
    case 'disconnected':
      expect([ends[0], stops]).toEqual([outcome.kind, []]);
      break;
    case 'stopped':
      // The first cause is kept; without any it was the cell's own limit.
      if (outcome.cause.kind === 'timed-out' && outcome.cause.limit === 'cell') break;
      expect(outcome.cause.kind).toBe(stops[0]);
  }
}
