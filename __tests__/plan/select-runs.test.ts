import { expect, test } from 'vitest';
import { nameRuns } from '../../src/plan/name-runs.ts';
import { selectRuns } from '../../src/plan/select-runs.ts';
import { anEntry } from './builders.ts';

const runs = nameRuns(
  [
    anEntry({ name: 'bank', settings: { tags: ['nightly', 'small'] } }),
    anEntry({ name: 'group/adult.v2', settings: { tags: ['slow'] } }),
    anEntry({ name: 'sweep', matrix: '{"alpha": [0.01, 0.1], "seed": [1, 2]}' }),
    anEntry({ name: 'a*' }),
    anEntry({ name: '!odd [1]' }),
  ],
  new Map(),
);

function selected(...terms: string[]): string[] {
  const { selected, problems } = selectRuns(runs, terms);
  expect(problems).toEqual([]);
  return selected.map(({ name }) => name);
}

const SWEEP = ['sweep (0.01, 1)', 'sweep (0.01, 2)', 'sweep (0.1, 1)', 'sweep (0.1, 2)'];
const ALL = ['bank', 'group/adult.v2', ...SWEEP, 'a*', '!odd [1]'];

test.each<[string[], string[]]>([
  [[], ALL],
  [['bank'], ['bank']],
  [['sweep'], SWEEP],
  [['sweep (0.01, 1)'], ['sweep (0.01, 1)']],
  [['sweep (0.01, *)'], ['sweep (0.01, 1)', 'sweep (0.01, 2)']],
  [['sweep (?.1, 1)'], ['sweep (0.1, 1)']],
  [['*adult*'], ['group/adult.v2']],
  [['group/adult?v2'], ['group/adult.v2']],
  [['a*'], ['a*']],
  [['!odd [1]'], ['!odd [1]']],
  [
    ['tag:slow', 'tag:night*'],
    ['bank', 'group/adult.v2'],
  ],
  [['!sweep'], ['bank', 'group/adult.v2', 'a*', '!odd [1]']],
  [
    ['!tag:*', '! sweep'],
    ['a*', '!odd [1]'],
  ],
  [
    ['sweep', '!*, 2)'],
    ['sweep (0.01, 1)', 'sweep (0.1, 1)'],
  ],
  [
    ['!sweep (0.1, 2)', 'sweep', 'bank'],
    ['bank', ...SWEEP.slice(0, 3)],
  ],
])('%j selects %j', (terms, names) => {
  expect(selected(...terms)).toEqual(names);
});

test('every term that matches nothing is told, with what there is', () => {
  const { problems } = selectRuns(runs, ['bnak', 'bank', '!swep', 'tag:nihgtly', 'zzzzzzzz']);
  const there = `There are: ${ALL.join(', ')}.`;
  expect(problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
    `input select: No run is called "bnak". Did you mean "bank"? ${there}`,
    `input select: No run is called "swep". Did you mean "sweep"? ${there}`,
    'input select: No run has "tag:nihgtly". Did you mean "tag:nightly"? Tags are: nightly, slow, small.',
    `input select: No run is called "zzzzzzzz". ${there}`,
  ]);
});

test('excluding everything is a problem', () => {
  expect(selectRuns(runs, ['bank', '!bank'])).toEqual({
    selected: [],
    problems: [
      { file: 'input select', message: `"bank, !bank" leaves no run. There are: ${ALL.join(', ')}.` },
    ],
  });
});

test('of many names only the first are listed', () => {
  const many = nameRuns(
    Array.from({ length: 12 }, (_, index) => anEntry({ name: `run${index}` })),
    new Map(),
  );
  expect(selectRuns(many, ['zzzzzzz']).problems[0]?.message).toBe(
    'No run is called "zzzzzzz". There are: run0, run1, run2, run3, run4, run5, run6, run7, run8, run9, and 2 more.',
  );
});
