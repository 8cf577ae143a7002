import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { BatchEvent } from '../../src/model.ts';
import { EMPTY_LIVE_BATCH, foldLiveBatch } from '../../src/report/live-batch.ts';
import { liveCommentBody, unfinishedCommentBody } from '../../src/report/live-comment-body.ts';
import { redactor } from '../../src/report/redact.ts';
import { aFailure, aResult, aRun, anError } from '../fakes/runs.ts';
import { SOME_LINKS } from './digests.ts';
import { nodesOf, parseGfm } from './gfm.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

const SITE = 'https://github.com/octocat/notebooks';
const { runUrl, commitUrl } = SOME_LINKS;
const OPTIONS = {
  links: { runUrl, commitUrl },
  key: 'CI/notebooks',
  title: 'CI',
  writer: { number: 7, attempt: 1 },
  commit: '4f2c9d1e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d',
};

/** The comment after these events, each a second after the one before. */
function after(events: readonly BatchEvent[], secrets: readonly string[] = []): string {
  const batch = events.reduce(
    (state, event, index) => foldLiveBatch(state, event, index * 1_000),
    EMPTY_LIVE_BATCH,
  );
  return liveCommentBody(batch, { ...OPTIONS, redact: redactor(secrets), nowMs: events.length * 1_000 });
}

test('tells the counts, what failed and where the others are', () => {
  const events: BatchEvent[] = [
    { kind: 'batch-started', total: 12, parallel: 2 },
    { kind: 'run-started', run: aRun({ name: 'bank' }), attempt: 1 },
    { kind: 'run-started', run: aRun({ name: 'adult' }), attempt: 1 },
    { kind: 'cell-started', run: aRun({ name: 'adult' }), cell: 3, of: 11 },
    { kind: 'run-finished', result: aFailure({ name: 'bank', durationMs: 3_000 }) },
    { kind: 'run-started', run: aRun({ name: 'credit' }), attempt: 2 },
  ];
  expect(after(events)).toBe(`<!-- parallel-notebooks: CI%2Fnotebooks -->
<!-- written by run 7.1 -->

### ⏳ CI · 1 of 12 runs done · 1 failed · 6.0 s · about 0:15 left

[Workflow run](${SITE}/actions/runs/1) · Commit [\`4f2c9d1\`](${SITE}/commit/4f2c9d1e8a7b)

|  | run | where it is |
| --- | --- | --- |
| ❌ failed | \`bank\` | cell 5 (In [4]) · \`ZeroDivisionError: division by zero\` |
| ▶️ running | \`credit\` | its kernel starts (attempt 2) |
| ▶️ running | \`adult\` | cell 3 of 11 |

9 waiting

<sub>Written anew while the batch runs. When it is over, its report stands here.</sub>
`);
});

test('hides secrets, and stays small and inert, whatever runs are called and say', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (name, evalue) => {
      const secret = 'kx83-hh2k-99as-pp0d';
      const events: BatchEvent[] = [
        { kind: 'batch-started', total: 300, parallel: 50 },
        ...Array.from({ length: 50 }, (_, index): BatchEvent[] => [
          { kind: 'run-started', run: aRun({ name: `${name}${secret}${index}` }), attempt: 1 },
          {
            kind: 'run-finished',
            result: aFailure({
              name: `${secret}${name.repeat(40)}`,
              error: anError({ ename: secret, evalue: `${secret}${evalue.repeat(40)}` }),
            }),
          },
        ]).flat(),
      ];
      const text = after(events, [secret]);
      expect(text).not.toContain(secret);
      expect(text.length).toBeLessThan(30_000);
      expect(text.isWellFormed()).toBe(true);
      const nodes = nodesOf(parseGfm(text));
      const links = nodes.flatMap((node) => (node.type === 'link' ? [node.url] : []));
      expect(links.filter((url) => !url.startsWith(SITE))).toEqual([]);
      expect(nodes.filter(({ type }) => type === 'image')).toEqual([]);
      const html = nodes.flatMap((node) => (node.type === 'html' ? [node.value] : []));
      expect(html.slice(2)).toEqual(['<sub>', '</sub>']);
      const tables = nodes.flatMap((node) => (node.type === 'table' ? [node] : []));
      expect(tables.map(({ children }) => children.length)).toEqual([41]);
      expect(new Set(tables.flatMap(({ children }) => children.map((row) => row.children.length)))).toEqual(
        new Set([3]),
      );
    }),
    { numRuns: 30 },
  );
});

test('counts what is left out', () => {
  const events: BatchEvent[] = [
    { kind: 'batch-started', total: 200, parallel: 30 },
    ...Array.from({ length: 30 }, (_, index): BatchEvent[] => [
      { kind: 'run-finished', result: aFailure({ name: `bad ${index}` }) },
      { kind: 'run-finished', result: aResult({ name: `good ${index}` }) },
      { kind: 'run-started', run: aRun({ name: `run ${index}` }), attempt: 1 },
    ]).flat(),
  ];
  expect(after(events)).toContain('\n\n10 more failed · 10 more running · 30 passed · 110 waiting\n\n');
});

test('says of a batch without results where to look', () => {
  expect(unfinishedCommentBody({ ...OPTIONS, links: SOME_LINKS }))
    .toBe(`<!-- parallel-notebooks: CI%2Fnotebooks -->
<!-- written by run 7.1 -->

### ❌ CI · the batch ended without results

[Executed notebooks](${SITE}/actions/runs/1/artifacts/2) · [Workflow run](${SITE}/actions/runs/1) · Commit [\`4f2c9d1\`](${SITE}/commit/4f2c9d1e8a7b)

Its step was killed, or failed before the results were written. The [log of the workflow run](${SITE}/actions/runs/1) says more.
`);
});
