import { expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { logGroup } from '../../src/report/log-groups.ts';
import { aFailure, aResult, aRun, anError } from '../fakes/runs.ts';

const options = { workingDirectory: '/project' };

test('a run that passed is one group', () => {
  const parameters = new Map<string, Value>([
    ['rate', 1],
    ['layers', [64n, 64n]],
  ]);
  expect(logGroup(aResult({ run: aRun({ parameters }), output: { kind: 'truncated' } }), options))
    .toMatchInlineSnapshot(`
    {
      "lines": [
        "notebook    notebooks/explorer.ipynb",
        "parameters  rate = 1.0",
        "            layers = [64, 64]",
        "output      papermill_outputs/explorer/adult/explorer_adult.ipynb",
        "cells       11 of 11 executed",
        "note        output cut to the limit",
      ],
      "outside": [],
      "title": "✓ adult: passed in 3.2 s",
    }
  `);
});

test('a failure is told outside the group too, with the traceback inside', () => {
  const result = aFailure({ attempts: 2, warnings: ['unknown parameter "alpah"'] });
  expect(logGroup(result, options)).toMatchInlineSnapshot(`
    {
      "lines": [
        "notebook    notebooks/explorer.ipynb",
        "parameters  data_url = "data/bank.csv"",
        "output      papermill_outputs/explorer/bank/explorer_bank.ipynb",
        "cells       4 of 11 executed",
        "attempts    2",
        "warning     unknown parameter "alpah"",
        "error",
        "| ---------------------------------------------------------------------------",
        "| ZeroDivisionError                         Traceback (most recent call last)",
        "| Cell In[4], line 2",
        "|       1 count = 0",
        "| ----> 2 mean = total / count",
        "|",
        "| ZeroDivisionError: division by zero",
      ],
      "outside": [
        "✗ bank: failed in 3.2 s: cell 5 (In [4]) ZeroDivisionError: division by zero",
      ],
      "title": "✗ bank: failed in 3.2 s",
    }
  `);
});

test('a run that was skipped says why in its title', () => {
  const result = aResult({ status: 'skipped', attempts: 0, warnings: ['not started, bank had failed'] });
  expect(logGroup(result, options)).toMatchObject({
    outside: [],
    title: '– adult: skipped: not started, bank had failed',
  });
});

test('nothing that a notebook or a configs file says becomes a workflow command', () => {
  const hostile = '::stop-commands::x\n::error::y ##[group]z';
  const group = logGroup(
    aFailure({
      run: aRun({
        name: hostile,
        notebook: hostile,
        parameters: new Map([[hostile, hostile]]),
        outputPath: `/project/${hostile}`,
      }),
      warnings: [hostile],
      error: anError({ ename: hostile, evalue: hostile, traceback: hostile }),
    }),
    options,
  );
  for (const line of [group.title, ...group.outside, ...group.lines]) {
    expect(line).not.toMatch(/^\s*::|##\[|\n/);
  }
});

test('a traceback without end and a value without end are cut', () => {
  const traceback = Array.from({ length: 300 }, (_, index) => `line ${index + 1}`).join('\n');
  const parameters = new Map([['blob', 'x'.repeat(1_000_000)]]);
  const { lines } = logGroup(aFailure({ run: aRun({ parameters }), error: anError({ traceback }) }), options);
  const start = lines.indexOf('error');
  expect(lines.slice(start, start + 3)).toEqual(['error', '| … 100 lines above', '| line 101']);
  expect(lines.at(-1)).toBe('| line 300');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(250);
});
