/* eslint no-control-regex: "off" -- control characters are what this is about */
import { describe, expect, test } from 'vitest';
import { finalText } from '../../src/report/final-text.ts';
import type { FinalTextOptions } from '../../src/report/final-text.ts';
import { aBatch, aFailure, aResult, anError } from '../fakes/runs.ts';

const options: FinalTextOptions = {
  workingDirectory: '/project',
  outputDir: '/project/papermill_outputs',
  resultsPath: '/project/papermill_outputs/results.json',
  warnings: [],
  columns: 80,
  colour: false,
  unicode: true,
};

describe('the last words of a batch', () => {
  test('are short when all passed', () => {
    const batch = aBatch([aResult(), aResult({ name: 'bank' })], { durationMs: 3_300 });
    expect(finalText(batch, options)).toMatchInlineSnapshot(`
      "
      batch      2 runs · 2 passed
      time       3.3 s · 6.4 s of kernel time · 1.9 kernels at once on average
      notebooks  papermill_outputs/
      results    papermill_outputs/results.json
      "
    `);
  });

  test('tell failures first, then warnings, counts and places', () => {
    const deep = anError({
      ename: 'ValueError',
      evalue:
        'could not convert string to float: "abc", found in a column that should have held numbers only',
      traceback:
        'Cell In[4], line 1\n----> 1 convert(x)\n\nFile ~/lib.py:10, in convert(x)\n---> 10     return float(x)\n\nValueError: could not',
    });
    const died = anError({
      ename: 'KernelDied',
      evalue: 'killed by SIGKILL',
      traceback: '',
      cellIndex: undefined,
    });
    const batch = aBatch(
      [
        aResult({ warnings: ['unknown parameter "alpah"'] }),
        aFailure(),
        aFailure({ name: 'deep', error: deep }),
        aFailure({ name: 'heavy', status: 'kernel-died', error: died }),
        aResult({ name: 'later', status: 'cancelled', attempts: 0 }),
        aResult({ name: 'last', status: 'skipped', attempts: 0 }),
      ],
      { durationMs: 65_000 },
    );
    expect(finalText(batch, { ...options, warnings: ['label "a/b" became "a_b"'] })).toMatchInlineSnapshot(`
      "
      ✗ bank  failed  notebooks/explorer.ipynb, cell 5 (In [4])
          2 │ mean = total / count
          ZeroDivisionError: division by zero
          see papermill_outputs/explorer/bank/explorer_bank.ipynb

      ✗ deep  failed  notebooks/explorer.ipynb, cell 5 (In [4])
          1 │ convert(x)
          ValueError: could not convert string to float: "abc", found in a column that
          should have held numbers only
            File ~/lib.py:10, in convert(x)
            ---> 10     return float(x)
          see papermill_outputs/explorer/deep/explorer_deep.ipynb

      ✗ heavy  kernel died  notebooks/explorer.ipynb
          KernelDied: killed by SIGKILL
          see papermill_outputs/explorer/heavy/explorer_heavy.ipynb

      ✗ later  cancelled  notebooks/explorer.ipynb

      ! label "a/b" became "a_b"
      ! adult: unknown parameter "alpah"

      batch      6 runs · 4 failed · 1 passed · 1 skipped
      time       1 min 05 s
      notebooks  papermill_outputs/
      results    papermill_outputs/results.json
      "
    `);
  });

  test('stay readable with twelve failures', () => {
    const batch = aBatch(Array.from({ length: 12 }, (_, index) => aFailure({ name: `run${index + 1}` })));
    const text = finalText(batch, options);
    expect(text.match(/^✗ .*/gm)).toHaveLength(5);
    expect(text).toContain('\n  and 7 more, see papermill_outputs/results.json\n');
    expect(text.split('\n').length).toBeLessThan(40);
  });

  test('put errors before what was cancelled because of them', () => {
    const cancelled = Array.from({ length: 6 }, (_, index) =>
      aResult({ name: `c${index}`, status: 'cancelled', attempts: 0 }),
    );
    const text = finalText(aBatch([...cancelled, aFailure()]), options);
    expect(text.match(/^✗ \S+/gm)).toEqual(['✗ bank', '✗ c0', '✗ c1', '✗ c2', '✗ c3']);
  });

  test('are inert, and in ASCII where asked', () => {
    const error = anError({ evalue: '\u001b[2Jwiped\r\u202e', traceback: '----> 1 \u001b[31mx\u0007' });
    const text = finalText(aBatch([aFailure({ name: 'a\nb', error })]), { ...options, unicode: false });
    expect(text).toMatchInlineSnapshot(`
      "
      x a b  failed  notebooks/explorer.ipynb, cell 5 (In [4])
          1 | x\\u0007
          ZeroDivisionError: wiped \\u202e
          see papermill_outputs/explorer/a b/explorer_a b.ipynb

      batch      1 run, 1 failed
      time       5.0 s
      notebooks  papermill_outputs/
      results    papermill_outputs/results.json
      "
    `);
  });

  test('are coloured without a change of words', () => {
    const batch = aBatch([aResult(), aFailure()]);
    const coloured = finalText(batch, { ...options, colour: true });
    expect(coloured).toContain('\u001b[31m✗ bank\u001b[39m');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(finalText(batch, options));
  });
});
