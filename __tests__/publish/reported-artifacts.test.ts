import { expect, it } from 'vitest';
import { newestBatch } from '../../src/publish/reported-artifacts.ts';

/** Artifacts in the order in which they came. */
function artifacts(...names: string[]) {
  return names.map((name, index) => ({ id: index + 1, name, expired: false }));
}

function found(...names: string[]) {
  const batch = newestBatch(artifacts(...names), 'notebooks');
  return batch && [batch.notebooks.name, batch.report?.name];
}

it.each([
  [
    ['notebooks', 'notebooks-report.html'],
    ['notebooks', 'notebooks-report.html'],
  ],
  [['notebooks'], ['notebooks', undefined]],
  // A later attempt of the same job.
  [
    ['notebooks', 'notebooks-report.html', 'notebooks-2', 'notebooks-report-2.html'],
    ['notebooks-2', 'notebooks-report-2.html'],
  ],
  // Two jobs of a matrix at once.
  [
    ['notebooks', 'notebooks-2', 'notebooks-report.html', 'notebooks-report-2.html'],
    ['notebooks-2', 'notebooks-report-2.html'],
  ],
  // The first attempt's report was split: the number 2 was its second part's.
  [
    [
      'notebooks',
      'notebooks-report.html',
      'notebooks-report-2.html',
      'notebooks-2',
      'notebooks-report-3.html',
      'notebooks-report-2-2.html',
    ],
    ['notebooks-2', 'notebooks-report-3.html'],
  ],
  // The second attempt has left no report: that of the first is not its.
  [
    ['notebooks', 'notebooks-report.html', 'notebooks-2'],
    ['notebooks-2', undefined],
  ],
  [
    ['notebooks-10', 'notebooks-9'],
    ['notebooks-9', undefined],
  ],
])('of %j it takes %j', (names, expected) => {
  expect(found(...names)).toEqual(expected);
});

it.each([
  ['notebooks-1'],
  ['notebooks-02'],
  ['notebooks-2x'],
  ['my-notebooks'],
  ['notebooks-report.html'],
  ['notebook'],
])('takes no "%s", whose name is another', (name) => {
  expect(found(name)).toBeUndefined();
});

it('takes none that has expired, whatever the order of the list', () => {
  const [first, second, third] = artifacts('notebooks', 'notebooks-2', 'notebooks-3');
  const expired = { ...(third ?? { id: 0, name: '' }), expired: true };
  const listed = [second, expired, first].flatMap((artifact) => artifact ?? []);
  expect(newestBatch(listed, 'notebooks')?.notebooks.name).toBe('notebooks-2');
});
