import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellEvent, type CellState, CELL_SENT, nextCellState } from '../../src/execute/cell-state.ts';

const reply = { status: 'ok' };
const exit = { exitCode: 3, signal: undefined, outOfMemory: false, stderr: '' };
const timeout = { kind: 'timed-out', limit: 'cell', limitMs: 1000 } as const;

function after(...events: CellEvent[]): CellState {
  return events.reduce(nextCellState, CELL_SENT);
}

describe('the state of a cell', () => {
  const cases: [string, CellEvent[], CellState][] = [
    [
      'is done after reply and idle',
      [{ kind: 'replied', reply }, { kind: 'idle' }],
      { phase: 'done', outcome: { kind: 'replied', reply, idle: true } },
    ],
    [
      'is done after idle and reply',
      [{ kind: 'idle' }, { kind: 'replied', reply }],
      { phase: 'done', outcome: { kind: 'replied', reply, idle: true } },
    ],
    [
      'waits for idle after the reply',
      [{ kind: 'replied', reply }],
      { phase: 'running', reply, idle: false },
    ],
    [
      'gives idle up when nothing more comes after the reply',
      [{ kind: 'replied', reply }, { kind: 'quiet' }],
      { phase: 'done', outcome: { kind: 'replied', reply, idle: false } },
    ],
    [
      'gives the reply up when nothing more comes after idle',
      [{ kind: 'idle' }, { kind: 'quiet' }],
      { phase: 'done', outcome: { kind: 'no-reply' } },
    ],
    ['does not mind silence while the cell computes', [{ kind: 'quiet' }], CELL_SENT],
    [
      'keeps the timeout when the interrupted kernel answers',
      [{ kind: 'stop', cause: timeout }, { kind: 'replied', reply }, { kind: 'idle' }],
      { phase: 'done', outcome: { kind: 'stopped', cause: timeout } },
    ],
    [
      'keeps the timeout when the kernel dies of the interrupt',
      [
        { kind: 'stop', cause: timeout },
        { kind: 'died', exit },
      ],
      { phase: 'done', outcome: { kind: 'stopped', cause: timeout } },
    ],
    [
      'keeps the first of two reasons to stop',
      [
        { kind: 'stop', cause: timeout },
        { kind: 'stop', cause: { kind: 'cancelled' } },
        { kind: 'grace-over' },
      ],
      { phase: 'done', outcome: { kind: 'stopped', cause: timeout } },
    ],
    ['ends with the kernel', [{ kind: 'died', exit }], { phase: 'done', outcome: { kind: 'died', exit } }],
    [
      'ends with the connection',
      [{ kind: 'disconnected', detail: 'gone' }],
      { phase: 'done', outcome: { kind: 'disconnected', detail: 'gone' } },
    ],
  ];

  it.each(cases)('%s', (_, events, expected) => {
    expect(after(...events)).toEqual(expected);
  });

  it('reaches exactly one end, whatever order events come in, and never leaves it', () => {
    const event = fc.constantFrom<CellEvent>(
      { kind: 'replied', reply },
      { kind: 'idle' },
      { kind: 'quiet' },
      { kind: 'stop', cause: timeout },
      { kind: 'stop', cause: { kind: 'cancelled' } },
      { kind: 'grace-over' },
      { kind: 'died', exit },
      { kind: 'disconnected', detail: 'gone' },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let state: CellState = CELL_SENT;
        for (const next of events) {
          const before = state;
          state = nextCellState(state, next);
          if (before.phase === 'done') expect(state).toBe(before);
        }
        // Reply and idle, silence after either, and the end of a grace always lead to an end.
        const settled = [...events, { kind: 'replied', reply } as const, { kind: 'idle' } as const];
        expect(after(...settled).phase).toBe('done');
      }),
      { numRuns: 2000 },
    );
  });
});
