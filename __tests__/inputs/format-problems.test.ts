import { expect, test } from 'vitest';
import { formatProblems } from '../../src/inputs/format-problems.ts';

test('problems are grouped by file, in file order, with places in a column', () => {
  expect(
    formatProblems([
      {
        file: 'configs.json',
        line: 19,
        column: 24,
        pointer: '/sweep/run/cell_timeout',
        message: 'expected seconds above 0, got "5 min". Write 300 or "5m".',
      },
      { file: 'option --retries', message: 'expected a whole number.' },
      {
        file: 'configs.json',
        line: 3,
        column: 17,
        pointer: '/config_bank/notebook',
        message: '"notebooks/explorr.ipynb" does not exist. Did you mean "notebooks/explorer.ipynb"?',
      },
      { file: 'configs.json', line: 20, message: 'two\nlines' },
    ]),
  ).toBe(`configs.json has 3 problems:
  3:17   /config_bank/notebook  "notebooks/explorr.ipynb" does not exist. Did you mean "notebooks/explorer.ipynb"?
  19:24  /sweep/run/cell_timeout  expected seconds above 0, got "5 min". Write 300 or "5m".
  20     two
    lines
option --retries: expected a whole number.`);
});

test('several problems without places stand below the name of what they are about', () => {
  expect(
    formatProblems([
      { file: 'option -p', message: 'one.' },
      { file: 'option -p', message: 'two.' },
    ]),
  ).toBe('option -p has 2 problems:\n  one.\n  two.');
});

test('a problem told twice is shown once, and none give no text', () => {
  expect(
    formatProblems([
      { file: 'a', message: 'x' },
      { file: 'a', message: 'x' },
    ]),
  ).toBe('a: x');
  expect(formatProblems([])).toBe('');
});
