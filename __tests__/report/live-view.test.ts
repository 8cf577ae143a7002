/* eslint no-control-regex: "off" -- control characters are what this is about */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BatchEvent } from '../../src/model.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { EMPTY_VIEW, foldEvent } from '../../src/report/live-view.ts';
import type { LiveView } from '../../src/report/live-view.ts';
import { render } from '../../src/report/render-live-view.ts';
import { aBatch, aFailure, aResult, aRun } from '../fakes/runs.ts';

const screen = { nowMs: 0, columns: 80, rows: 24, colour: false, unicode: true };

type Timed = readonly [seconds: number, event: BatchEvent];
const viewAfter = (...events: readonly Timed[]): LiveView =>
  events.reduce((view, [seconds, event]) => foldEvent(view, event, seconds * 1000), EMPTY_VIEW);
const batch = (total: number, parallel = 2): Timed => [0, { kind: 'batch-started', total, parallel }];
const start = (seconds: number, name: string, attempt = 1): Timed => [
  seconds,
  { kind: 'run-started', run: aRun({ name }), attempt },
];
const cell = (seconds: number, name: string, number: number, of = 11): Timed => [
  seconds,
  { kind: 'cell-started', run: aRun({ name }), cell: number, of },
];
const pass = (seconds: number, name: string, durationMs = 4_000): Timed => [
  seconds,
  { kind: 'run-finished', result: aResult({ name, durationMs }) },
];

describe('the live view', () => {
  test('has a line per running kernel and a total', () => {
    const view = viewAfter(
      batch(12, 3),
      start(0, 'adult'),
      start(0, 'bank'),
      start(0, 'train_a0.1_s1'),
      [3, { kind: 'run-finished', result: aFailure({ name: 'bank', durationMs: 3_000 }) }],
      start(3, '探索'),
      cell(4, 'adult', 5),
      cell(5, 'train_a0.1_s1', 11),
    );
    expect(render(view, { ...screen, nowMs: 8_000 })).toMatchInlineSnapshot(`
      [
        "",
        "  adult          ━━━━━━──────────  cell  5/11        0:08",
        "  探索           ────────────────  starting kernel   0:05",
        "  train_a0.1_s1  ━━━━━━━━━━━━━━╸─  cell 11/11        0:08",
        "",
        "  1/12 runs · 1 failed · 0:08 · about 0:05 left",
      ]
    `);
  });

  test('uses plain ASCII where a terminal shows nothing else, and no bars where there is no room', () => {
    const view = viewAfter(
      batch(2),
      start(0, 'adult'),
      cell(1, 'adult', 5),
      start(0, 'a_run_with_quite_a_long_name'),
    );
    expect({
      ascii: render(view, { ...screen, unicode: false }),
      narrow: render(view, { ...screen, columns: 40 }),
    }).toMatchInlineSnapshot(`
      {
        "ascii": [
          "",
          "  adult                         ######..........  cell  5/11        0:00",
          "  a_run_with_quite_a_long_name  ................  starting kernel   0:00",
          "",
          "  0/2 runs, 0:00",
        ],
        "narrow": [
          "",
          "  adult         cell  5/11        0:00",
          "  a_run_with_…  starting kernel   0:00",
          "",
          "  0/2 runs · 0:00",
        ],
      }
    `);
  });

  test('gives the line of a run that ended to the next, so that the others stay where they are', () => {
    const view = viewAfter(
      batch(9, 3),
      start(0, 'a'),
      start(0, 'b'),
      start(0, 'c'),
      pass(1, 'b'),
      start(1, 'd'),
    );
    expect(view.slots.map((slot) => slot?.name)).toEqual(['a', 'd', 'c']);
  });

  test('keeps the line of a run that is tried again, and says so', () => {
    const view = viewAfter(batch(2), start(0, 'a'), start(0, 'b'), cell(1, 'a', 3), start(2, 'a', 2));
    expect(render(view, { ...screen, nowMs: 3_000 })[1]).toMatch(
      /^ {2}a .* starting kernel, attempt 2 +0:01$/,
    );
  });

  test('sums up the kernels that do not fit', () => {
    const view = viewAfter(
      batch(30, 20),
      ...Array.from({ length: 20 }, (_, index) => start(0, `run${index}`)),
    );
    const lines = render(view, { ...screen, rows: 10 });
    expect(lines.map((line) => line.trim().split('  ')[0])).toEqual([
      ...['', 'run0', 'run1', 'run2', 'run3', 'run4', 'and 15 more running', '', '0/30 runs · 0:00'],
    ]);
  });

  test('is over when the batch is', () => {
    const view = viewAfter(batch(1), start(0, 'a'), [1, { kind: 'batch-finished', batch: aBatch() }]);
    expect(view.slots).toEqual([]);
  });

  test('fits into any screen, whatever runs are called', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'デ', '😀', '\u001b[31m', '\n', '\u202e', '\u0301', ' '),
      minLength: 1,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 20, max: 130 }),
        fc.integer({ min: 2, max: 30 }),
        fc.boolean(),
        (names, columns, rows, unicode) => {
          const view = viewAfter(batch(40), ...names.flatMap((it) => [start(0, it), cell(1, it, 1, 1000)]));
          const lines = render(view, { ...screen, columns, rows, unicode });
          expect(lines.length).toBeLessThan(rows);
          for (const line of lines) {
            expect(displayWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(/[\n\u001b\u202e]/u);
          }
        },
      ),
    );
  });

  test('colours nothing but its own words', () => {
    const view = viewAfter(
      batch(2),
      start(0, '\u001b[31mred\u001b[0m'),
      cell(1, '\u001b[31mred\u001b[0m', 1),
    );
    expect(render(view, { ...screen, colour: true })[1]).toBe(
      '  red  \u001b[2m────────────────  \u001b[22mcell  1/11     \u001b[2m   0:00\u001b[22m',
    );
  });
});

describe('the time left', () => {
  const shown = (view: LiveView, nowMs: number) =>
    /about (\d+):(\d\d) left/.exec(render(view, { ...screen, nowMs }).at(-1) ?? '');

  test('is not guessed before a run was executed', () => {
    const skipped = aResult({ name: 'x', status: 'skipped', attempts: 0, durationMs: 0 });
    const view = viewAfter(batch(3), start(0, 'a'), cell(5, 'a', 9), [
      6,
      { kind: 'run-finished', result: skipped },
    ]);
    expect(shown(view, 6_000)).toBeNull();
  });

  test('runs down between events and disappears when it is used up', () => {
    const view = viewAfter(batch(8), start(0, 'a'), start(0, 'b'), pass(10, 'a', 10_000), start(10, 'c'));
    const texts = [10, 20, 30, 45, 60].map((seconds) => shown(view, seconds * 1000)?.[0]);
    expect(texts).toEqual(['about 0:30 left', 'about 0:20 left', 'about 0:10 left', undefined, undefined]);
  });

  test('is right for runs of equal length, and never jumps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 4, max: 90 }),
        (total, parallel, seconds) => {
          const guesses = guessesOf({ total, parallel, seconds });
          const endMs = Math.ceil(total / parallel) * seconds * 1000;
          for (const [index, guess] of guesses.entries()) {
            expect(Math.abs(guess - endMs)).toBeLessThanOrEqual(1.05 * seconds * 1000);
            expect(Math.abs(guess - (guesses[index - 1] ?? guess))).toBeLessThanOrEqual(0.5 * seconds * 1000);
          }
        },
      ),
    );
  });

  /** Expected ends after every event of a batch whose runs take so many seconds, with four cells each. */
  function guessesOf({
    total,
    parallel,
    seconds,
  }: Record<'total' | 'parallel' | 'seconds', number>): number[] {
    let view = viewAfter(batch(total, parallel));
    const guesses: number[] = [];
    for (let first = 0; first < total; first += parallel) {
      const names = Array.from(
        { length: Math.min(parallel, total - first) },
        (_, index) => `run${first + index}`,
      );
      const at = (first / parallel) * seconds;
      const wave = [
        ...names.map((name) => start(at, name)),
        ...[1, 2, 3, 4].flatMap((number) =>
          names.map((name) => cell(at + ((number - 1) / 4) * seconds, name, number, 4)),
        ),
        ...names.map((name) => pass(at + seconds, name, seconds * 1000)),
      ];
      for (const [time, event] of wave) {
        view = foldEvent(view, event, time * 1000);
        if (view.expectedEndMs !== undefined) guesses.push(view.expectedEndMs);
      }
    }
    return guesses;
  }
});
