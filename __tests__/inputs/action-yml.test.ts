import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { INPUT_NAMES, inputDefinition } from '../../src/inputs/input-definitions.ts';

interface Action {
  readonly inputs: unknown;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: unknown;
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;

test('the inputs of the action are those of the table, with its descriptions and defaults', () => {
  const inputs = INPUT_NAMES.map((name) => {
    const { description, default: preset } = inputDefinition(name);
    return [name, preset === '' ? { description } : { description, default: preset }];
  });
  expect(action.inputs).toEqual(Object.fromEntries(inputs));
});

test('an input without effect says so first and has no default, so that it is empty unless it is set', () => {
  const notYet = INPUT_NAMES.map(inputDefinition).filter((input) => input.availability === 'not-yet');
  expect(
    notYet.filter((input) => !input.description.startsWith('Not yet: ') || input.default !== ''),
  ).toEqual([]);
  expect(notYet).toHaveLength(2);
});

test('the outputs are those of the contract, and those without effect say so', () => {
  const outputs = Object.entries(action.outputs).map(([name, { description }]) => {
    return [name, description.startsWith('Not yet: ') ? 'not-yet' : 'now'];
  });
  expect(outputs).toEqual([
    ['total', 'now'],
    ['passed', 'now'],
    ['failed', 'now'],
    ['skipped', 'now'],
    ['results', 'now'],
    ['output-dir', 'now'],
    ['artifact-id', 'now'],
    ['artifact-url', 'now'],
    ['report-url', 'now'],
    ['comment-url', 'now'],
  ]);
});

test('the action runs the bundle on Node 24, and once more at the end of the job', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js', post: 'dist/index.js' });
});
