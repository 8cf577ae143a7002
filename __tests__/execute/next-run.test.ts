import { expect, it } from 'vitest';
import { nextRun } from '../../src/execute/next-run.ts';
import { aRun } from '../fakes/runs.ts';

/** Runs are named by the gigabytes they took: `4` took 4, `x` is new. */
const CASES: readonly (readonly [
  what: string,
  waiting: string,
  running: string,
  GB: number | undefined,
  next: string,
])[] = [
  ['the first, when all fit', '4 2', '2', 8, '4'],
  ['the first that fits beside what runs', '4 2', '6', 8, '2'],
  ['what exactly fits', '2', '6', 8, '2'],
  ['none, when none fits', '4 3', '6', 8, ''],
  ['a new one, whatever runs', '4 x', '7', 8, 'x'],
  ['a new one even when the others need more than there is', 'x', '9 9', 8, 'x'],
  ['one that is too large for the machine, once it is alone', '20', '', 8, '20'],
  ['the first, when nobody knows the memory', '20 1', '30', undefined, '20'],
  ['none, when none waits', '', '1', 8, ''],
];

it.each(CASES)('the next run is %s', (_, waiting, running, memory, next) => {
  const runs = (names: string) => names.split(' ').flatMap((name) => (name === '' ? [] : aRun({ name })));
  const all = [...runs(waiting), ...runs(running)].filter(({ name }) => name !== 'x');
  const earlier = new Map(
    all.map(({ name, notebook }) => [name, { notebook, durationMs: 1, peakMemoryBytes: Number(name) * 1e9 }]),
  );
  const memoryBytes = memory === undefined ? undefined : memory * 1e9;
  const found = nextRun(runs(waiting), { running: runs(running), earlier, memoryBytes });
  expect(found?.name ?? '').toBe(next);
});
