import { expect, test } from 'vitest';
import { nameRuns } from '../../src/plan/name-runs.ts';
import { pythonRepr } from '../../src/plan/python-text.ts';
import { anEntry } from './builders.ts';
import { parametersOf } from './json-value.ts';

function named(options: { matrix?: string; overrides?: string }): string[] {
  const { matrix, overrides = '{}' } = options;
  const entry = anEntry({ name: 'sweep', ...(matrix === undefined ? {} : { matrix }) });
  return nameRuns([entry], parametersOf(overrides)).map(({ name, combination, problems }) => {
    expect(problems).toEqual([]);
    return `${name} ${pythonRepr(combination)}`;
  });
}

test('a run without sweep has the name of its entry', () => {
  expect(named({})).toEqual(['sweep {}']);
});

test('a combination is named as GitHub names matrix jobs, without what include adds', () => {
  const matrix =
    '{"alpha": [0.01, 1.0], "seed": [1], "include": [{"alpha": 0.01, "epochs": 50}, {"alpha": 10.0, "seed": 2}]}';
  expect(named({ matrix })).toEqual([
    "sweep (0.01, 1) {'alpha': 0.01, 'seed': 1, 'epochs': 50}",
    "sweep (1.0, 1) {'alpha': 1.0, 'seed': 1}",
    "sweep (10.0, 2) {'alpha': 10.0, 'seed': 2}",
  ]);
});

test('values in lists and objects are named one after the other', () => {
  expect(named({ matrix: '{"layers": [[64, 64], [32]], "opt": [{"kind": "sgd", "lr": 1e-5}]}' })).toEqual([
    "sweep (64, 64, sgd, 1e-05) {'layers': [64, 64], 'opt': {'kind': 'sgd', 'lr': 1e-05}}",
    "sweep (32, sgd, 1e-05) {'layers': [32], 'opt': {'kind': 'sgd', 'lr': 1e-05}}",
  ]);
});

test('where bare values name two combinations alike, they are written as Python writes them', () => {
  expect(named({ matrix: '{"a": [1, "1", null, "None", ""]}' })).toEqual([
    "sweep (1) {'a': 1}",
    "sweep ('1') {'a': '1'}",
    "sweep (None) {'a': None}",
    "sweep ('None') {'a': 'None'}",
    "sweep ('') {'a': ''}",
  ]);
});

test('combinations that differ only in what include adds are named by that too', () => {
  expect(named({ matrix: '{"a": [1], "include": [{"a": 2, "b": 1}, {"a": 2, "b": 2}]}' })).toEqual([
    "sweep (1) {'a': 1}",
    "sweep (2, 1) {'a': 2, 'b': 1}",
    "sweep (2, 2) {'a': 2, 'b': 2}",
  ]);
});

test('a long value is only begun', () => {
  const matrix = `{"text": ["${'x'.repeat(100)}", "y"]}`;
  expect(named({ matrix })[0]).toMatch(/^sweep \(x{59}…\) /);
});

test('a list laid over a run sweeps', () => {
  expect(named({ overrides: '{"alpha": [0.1, 0.2], "beta": 1}' })).toEqual([
    "sweep (0.1) {'alpha': 0.1}",
    "sweep (0.2) {'alpha': 0.2}",
  ]);
});

test('a list laid over a sweep replaces a dimension of that name, with the includes for its old values', () => {
  const matrix = '{"alpha": [1, 2], "seed": [7], "include": [{"alpha": 9, "seed": 7}, {"alpha": 5, "x": 1}]}';
  expect(named({ matrix, overrides: '{"alpha": [5, 6]}' })).toEqual([
    "sweep (5, 7) {'alpha': 5, 'seed': 7, 'x': 1}",
    "sweep (6, 7) {'alpha': 6, 'seed': 7}",
  ]);
});

test('a single value laid over a sweep leaves one run for each choice of the others', () => {
  const matrix = '{"alpha": [1, 2], "seed": [7, 8], "include": [{"alpha": 9, "seed": 7}]}';
  expect(named({ matrix, overrides: '{"alpha": 5}' })).toEqual([
    "sweep (5, 7) {'alpha': 5, 'seed': 7}",
    "sweep (5, 8) {'alpha': 5, 'seed': 8}",
  ]);
});

test('a new dimension laid over a sweep multiplies its combinations, includes too', () => {
  const matrix = '{"include": [{"site": "a"}, {"site": "b"}]}';
  expect(named({ matrix, overrides: '{"k": [1, 2]}' })).toEqual([
    "sweep (a, 1) {'site': 'a', 'k': 1}",
    "sweep (a, 2) {'site': 'a', 'k': 2}",
    "sweep (b, 1) {'site': 'b', 'k': 1}",
    "sweep (b, 2) {'site': 'b', 'k': 2}",
  ]);
});

test('includes that only set what is laid over every run leave one run', () => {
  const matrix = '{"include": [{"alpha": 1}, {"alpha": 2}]}';
  expect(named({ matrix, overrides: '{"alpha": 5}' })).toEqual(['sweep {}']);
  expect(named({ matrix, overrides: '{"alpha": [5, 6]}' })).toEqual([
    "sweep (5) {'alpha': 5}",
    "sweep (6) {'alpha': 6}",
  ]);
});

test('an entry whose matrix is wrong stands for itself, with its problems', () => {
  const [run, ...others] = nameRuns([anEntry({ name: 'sweep', matrix: '{"a": []}' })], new Map());
  expect(others).toEqual([]);
  expect(run?.name).toBe('sweep');
  expect(run?.problems).toEqual([
    {
      file: 'configs.json',
      pointer: '/sweep/matrix/a',
      message: '"a" has no values, so that nothing would run. List at least one, or remove it.',
    },
  ]);
});
