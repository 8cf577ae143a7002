import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { annotations } from '../../src/report/annotations.ts';
import { aBatch, aFailure, aResult, aRun, anError } from '../fakes/runs.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

const REPOSITORY = { repository: '/project' };

test('an error stands at the line of the notebook in the repository', () => {
  expect(annotations(aBatch([aResult(), aFailure()]), REPOSITORY)).toEqual([
    {
      level: 'error',
      file: 'notebooks/explorer.ipynb',
      line: 87,
      title: 'ZeroDivisionError in cell 5 (In [4]) of notebooks/explorer.ipynb',
      message: [
        'ZeroDivisionError: division by zero',
        'line 2 of the cell: mean = total / count',
        'Run: bank',
      ].join('\n'),
    },
  ]);
});

test('the file is relative to the repository, wherever the batch works, and unknown outside of it', () => {
  const file = (notebookPath: string): unknown =>
    annotations(aBatch([aFailure({ run: aRun({ notebookPath }) })]), REPOSITORY)[0]?.file;
  expect(file('/project/deep/in/a.ipynb')).toBe('deep/in/a.ipynb');
  expect(file('/elsewhere/a.ipynb')).toBeUndefined();
  expect(file('/project')).toBeUndefined();
});

test('runs that failed alike share one annotation; what was only cancelled has none', () => {
  const failures = Array.from({ length: 12 }, (_, index) => aFailure({ name: `run ${index}` }));
  const all = annotations(aBatch([...failures, aResult({ status: 'cancelled' })]), REPOSITORY);
  expect(all.map(({ message }) => message.split('\n').at(-1))).toEqual([
    '12 runs: run 0, run 1, run 2, run 3, run 4, run 5, run 6, run 7, run 8, run 9 and 2 more',
  ]);
});

test('of more than ten errors the tenth counts the others; warnings have ten of their own', () => {
  const failures = Array.from({ length: 30 }, (_, index) =>
    aFailure({
      name: `run ${index}`,
      error: anError({ ename: `E${index}` }),
      warnings: [`warning ${index}`],
    }),
  );
  const all = annotations(aBatch(failures), REPOSITORY);
  expect(all.map(({ level, title }) => `${level}: ${title}`)).toEqual([
    ...Array.from(
      { length: 9 },
      (_, index) => `error: E${index} in cell 5 (In [4]) of notebooks/explorer.ipynb`,
    ),
    'error: 21 more errors',
    ...Array.from({ length: 9 }, (_, index) => `warning: run ${index}`),
    'warning: 21 more warnings',
  ]);
});

test('a long message ends between lines, and says how many are missing', () => {
  const traceback = Array.from({ length: 10 }, (_, index) => `${index} ${'x'.repeat(1_000)}`).join('\n');
  const [annotation] = annotations(aBatch([aFailure({ error: anError({ traceback }) })]), REPOSITORY);
  const lines = annotation?.message.split('\n') ?? [];
  expect(annotation?.message.length).toBeLessThanOrEqual(4_096);
  expect(lines.slice(0, 2)).toEqual(['ZeroDivisionError: division by zero', `0 ${'x'.repeat(497)}…`]);
  expect(lines.at(-1)).toBe('…and 3 lines more');
});

test('whatever a batch contains, annotations keep the limits and have no control characters', () => {
  const error = fc.record({
    ename: hostileText,
    evalue: hostileText,
    traceback: hostileText.map((text) => text.repeat(200)),
  });
  fc.assert(
    fc.property(fc.array(error, { maxLength: 15 }), hostileText, (errors, name) => {
      const failures = errors.map((given, index) =>
        aFailure({
          name: name.repeat(100),
          error: anError({ ...given, line: index }),
          warnings: [name.repeat(3_000)],
        }),
      );
      const all = annotations(aBatch(failures), REPOSITORY);
      for (const level of ['error', 'warning']) {
        expect(all.filter((annotation) => annotation.level === level).length).toBeLessThanOrEqual(10);
      }
      for (const { title, message } of all) {
        expect(title.length).toBeLessThanOrEqual(255);
        expect(message.length).toBeLessThanOrEqual(4_096);
        expect(`${title}${message}`.isWellFormed()).toBe(true);
        expect(title + message.replaceAll('\n', '')).not.toMatch(/[\p{Control}\u202e\u200b]/u);
      }
    }),
  );
});
