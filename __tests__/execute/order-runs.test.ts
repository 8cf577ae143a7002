import { expect, it } from 'vitest';
import { type EarlierRun, orderRuns } from '../../src/execute/order-runs.ts';
import { aRun } from '../fakes/runs.ts';

interface Case {
  readonly what: string;
  /** `name` or `name@notebook`. */
  readonly runs: string;
  /** Seconds that runs took. */
  readonly took?: Readonly<Record<string, number>>;
  readonly sizes?: Readonly<Record<string, number>>;
  readonly parallel?: number;
  readonly order: string;
}

const CASES: readonly Case[] = [
  { what: 'the plan, when nothing is known', runs: 'a b c d', order: 'a b c d' },
  { what: 'longest first', runs: 'a b c d', took: { a: 1, b: 9, c: 3, d: 9 }, order: 'b d c a' },
  { what: 'what is new first, for it may be long', runs: 'a b c@y', took: { a: 1, b: 9 }, order: 'c b a' },
  {
    what: 'new runs of a known notebook as its others took',
    runs: 'a b@y c d@y',
    took: { a: 10, b: 1 },
    order: 'a c b d',
  },
  {
    what: 'a run that has another notebook now as new',
    runs: 'a b c@z',
    took: { 'a@old': 1, b: 5, 'c@z': 7 },
    order: 'c a b',
  },
  {
    what: 'large notebooks first, when nothing is known',
    runs: 'a b@y c@z d@y',
    sizes: { x: 5, y: 100, z: 20 },
    order: 'b d c a',
  },
  {
    what: 'the plan, when one run follows the other anyway',
    runs: 'a b c',
    took: { a: 1, b: 2, c: 3 },
    parallel: 1,
    order: 'a b c',
  },
  {
    what: 'the plan, when all run at once anyway',
    runs: 'a b c',
    took: { a: 1, b: 2, c: 3 },
    parallel: 3,
    order: 'a b c',
  },
];

it.each(CASES)(
  'runs are started in this order: $what',
  ({ runs, took = {}, sizes = {}, parallel = 2, order }) => {
    const earlier = new Map<string, EarlierRun>();
    for (const [text, seconds] of Object.entries(took)) {
      const { name } = named(text);
      const of = text.includes('@')
        ? text
        : (runs.split(' ').find((run) => named(run).name === name) ?? text);
      earlier.set(name, {
        notebook: named(of).notebook,
        durationMs: seconds * 1000,
        peakMemoryBytes: undefined,
      });
    }
    const planned = runs
      .split(' ')
      .map((text) => aRun({ ...named(text), notebookPath: named(text).notebook }));
    const started = orderRuns(planned, { earlier, sizes: new Map(Object.entries(sizes)), parallel });
    expect(started.map(({ name }) => name).join(' ')).toBe(order);
  },
);

function named(text: string): { name: string; notebook: string } {
  const [name = '', notebook = 'x'] = text.split('@');
  return { name, notebook };
}
