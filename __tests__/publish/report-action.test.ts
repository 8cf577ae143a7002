import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: unknown;
}

const [main, report] = ['action.yml', 'report/action.yml'].map(
  (file) => parse(readFileSync(file, 'utf8')) as Action,
);

test('the action report takes inputs of the main one, with the same defaults, and none that executes', () => {
  expect(Object.keys(report?.inputs ?? {})).toEqual([
    'artifact-name',
    'comment-key',
    'redact-env',
    'publish-errors',
    'github-token',
  ]);
  for (const [name, input] of Object.entries(report?.inputs ?? {})) {
    expect([name, input.default]).toEqual([name, main?.inputs[name]?.default]);
  }
  expect(Object.keys(report?.outputs ?? {})).toEqual(['comment-url']);
  expect(report?.runs).toEqual({ using: 'node24', main: 'main.js' });
});
