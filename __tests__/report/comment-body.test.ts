import { expect, test, vi } from 'vitest';
import { annotations } from '../../src/report/annotations.ts';
import { commentBody } from '../../src/report/comment-body.ts';
import { summaryBody } from '../../src/report/summary-body.ts';
import { aFailure, aResult, aRun, anError } from '../fakes/runs.ts';
import { aDigest, SOME_LINKS } from './digests.ts';
import { aCell, aNotebook, dataFrame, failed, stdout } from './executed-notebooks.ts';
import { nodesOf, parseGfm } from './gfm.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 120_000 });

const SITE = 'https://github.com/octocat/notebooks';

test('a comment says what failed first: where, at which line, with which error, after which last words', async () => {
  const notebook = aNotebook([
    aCell(4, 'count = 0\nmean = total / count', [
      stdout('200 rows\n'),
      failed('ZeroDivisionError', 'division by zero'),
    ]),
  ]);
  const digest = await aDigest([aResult({ name: 'adult' }), aFailure({ name: 'bank' })], {
    notebooks: { bank: notebook },
  });
  expect(commentBody({ digest, links: SOME_LINKS, key: 'CI/notebooks', title: 'CI', hidden: 1 })).toBe(
    `<!-- parallel-notebooks: CI%2Fnotebooks -->

### ❌ CI · 1 of 2 runs failed · 1 passed · 5.0 s

[**Report**](${SITE}/actions/runs/1/artifacts/3) · [Executed notebooks](${SITE}/actions/runs/1/artifacts/2) · [Workflow run](${SITE}/actions/runs/1) · Commit [\`4f2c9d1\`](${SITE}/commit/4f2c9d1e8a7b) · 🔒 1 secret value hidden

<details open>
<summary>❌ <code>bank</code> · cell 5 (In [4]), line 2 · <code>ZeroDivisionError: division by zero</code></summary>

[\`notebooks/explorer.ipynb\`](${SITE}/blob/4f2c9d1e8a7b/notebooks/explorer.ipynb?plain=1#L87) line 87 · \`data_url = data/bank.csv\` · [executed notebook](${SITE}/actions/runs/1/artifacts/3#bank)

\`\`\`python
mean = total / count
\`\`\`

The last lines printed before:

\`\`\`
200 rows
\`\`\`

</details>

|  | data\\_url | time | run |
| --- | --- | ---: | --- |
| ❌ failed | \`data/bank.csv\` | 3.2 s | [\`bank\`](${SITE}/actions/runs/1/artifacts/3#bank) |
| ✅ | \`data/adult.csv\` | 3.2 s | [\`adult\`](${SITE}/actions/runs/1/artifacts/3#adult) |
`,
  );
});

test('without links nothing leads anywhere', async () => {
  const comment = commentBody({ digest: await aDigest([aResult()]), links: {}, key: 'k' });
  expect(nodesOf(parseGfm(comment)).filter(({ type }) => type === 'link')).toEqual([]);
  expect(comment).toContain('### ✅ 1 run passed · 5.0 s');
});

test('runs that failed alike are told once, with the messages in which they differ', async () => {
  const results = ['x', 'y', 'z'].map((name) =>
    aFailure({ name, error: anError({ ename: 'KeyError', evalue: `'${name}'` }) }),
  );
  const comment = commentBody({ digest: await aDigest(results), links: {}, key: 'k' });
  expect(comment.split('<details').length - 1).toBe(1);
  expect(comment).toContain(
    '<code>x</code>, <code>y</code> and 1 more · cell 5 (In [4]), line 2 · <code>KeyError: &#39;x&#39;</code>',
  );
  expect(comment).toContain("Failed alike:\n\n- `y`: `KeyError: 'y'`\n- `z`: `KeyError: 'z'`\n");
});

test('a sweep has a column for each parameter that varies and each number that its notebooks end with', async () => {
  const results = [0.1, 1].map((alpha, index) =>
    aResult({
      run: aRun({
        name: `train (${alpha})`,
        varies: ['alpha'],
        parameters: new Map<string, number | string>([
          ['data', 'x.csv'],
          ['alpha', alpha + index],
        ]),
      }),
    }),
  );
  const notebooks = Object.fromEntries(
    results.map(({ run }, index) => [
      run.name,
      aNotebook([aCell(1, 'x', [dataFrame(['alpha', 'rmse'], [[0, 1, 50 + index / 8]])])]),
    ]),
  );
  const comment = commentBody({ digest: await aDigest(results, { notebooks }), links: {}, key: 'k' });
  expect(comment).toContain(
    [
      '|  | alpha | rmse | time | run |',
      '| --- | ---: | ---: | ---: | --- |',
      '| ✅ | 0.1 | 50.000 | 3.2 s | `train (0.1)` |',
      '| ✅ | 2.0 | 50.125 | 3.2 s | `train (1)` |',
    ].join('\n'),
  );
  expect(comment).toContain(
    'x-axis "alpha" ["0.1", "2.0"]\n  y-axis "rmse" 49.9875 --> 50.1375\n  line [50, 50.125]\n',
  );
});

/** 500 runs, 100 of which fail, each with an error of its own that fills pages in characters of three bytes. */
async function manyFailures() {
  const results = Array.from({ length: 500 }, (_, index) => {
    const name = `${'長い名前'.repeat(40)} ${index}`;
    const parameters = new Map([['text', `😀|\`${'長'.repeat(5_000)}${index}`]]);
    const run = aRun({ name, parameters, varies: ['text'], notebook: `notebooks/${'深'.repeat(500)}.ipynb` });
    if (index % 5 > 0) return aResult({ run, warnings: ['長'.repeat(3_000)] });
    const long = Array.from({ length: 300 }, (_unused, line) => `${line} ${'`<>&|😀'.repeat(300)}`).join(
      '\n',
    );
    return aFailure({ run, error: anError({ ename: `Error${index}`, evalue: long, traceback: long }) });
  });
  const notebooks = Object.fromEntries(
    results.map(({ run }, index) => {
      const printed = stdout(`${index} ${'`<>&|😀'.repeat(300)}\n`.repeat(100));
      const rows = Array.from({ length: 60 }, (_, row) => [
        row,
        ...Array.from({ length: 20 }, () => '&amp;|'.repeat(20)),
      ]);
      const header = Array.from({ length: 20 }, (_, column) => `column ${column}`);
      return [run.name, aNotebook([aCell(1, 'x', [printed, dataFrame(header, rows), failed('E', 'x')])])];
    }),
  );
  return await aDigest(results, { notebooks });
}

test('500 runs with 100 long failures still make a useful comment and summary within the limits', async () => {
  const digest = await manyFailures();
  const comment = commentBody({
    digest,
    links: SOME_LINKS,
    key: 'k'.repeat(10_000),
    title: 't'.repeat(10_000),
  });
  const summary = summaryBody({ digest, links: SOME_LINKS });
  expect(comment.length).toBeLessThanOrEqual(60_000);
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(200_000);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(0.9 * 1024 * 1024);
  for (const text of [comment, summary]) {
    expect(text.isWellFormed()).toBe(true);
    expect(text).toContain('❌');
    expect(text).toContain('100 of 500 runs failed · 400 passed');
    expect(text).toContain(SOME_LINKS.artifactUrl);
    const nodes = nodesOf(parseGfm(text));
    const html = nodes.flatMap((node) => (node.type === 'html' ? [node.value] : []));
    const opened = html.filter((value) => value.startsWith('<details'));
    expect(opened.length).toBeGreaterThan(0);
    expect(html.filter((value) => value === '</details>')).toHaveLength(opened.length);
    for (const node of nodes) {
      if (node.type === 'table')
        expect(new Set(node.children.map(({ children }) => children.length)).size).toBe(1);
    }
  }
  expect(comment).toContain('Shortened to fit a comment; the [job summary]');
  expect(nodesOf(parseGfm(summary)).length).toBeGreaterThan(nodesOf(parseGfm(comment)).length);
});

test('what ended by an error of its own is told before what was cancelled because of it', async () => {
  const results = [aResult({ name: 'first', status: 'cancelled' }), aFailure({ name: 'second' })];
  const comment = commentBody({ digest: await aDigest(results), links: {}, key: 'k' });
  expect(comment.match(/<summary>.*<\/summary>/g)).toEqual([
    '<summary>❌ <code>second</code> · cell 5 (In [4]), line 2 · <code>ZeroDivisionError: division by zero</code></summary>',
    '<summary>❌ <code>first</code> · cancelled</summary>',
  ]);
});

test('the smallest rendering has the counts and the links of the batch, however long those of its runs are', async () => {
  const results = Array.from({ length: 300 }, (_, index) =>
    aFailure({
      name: `${'&'.repeat(300)}${index}`,
      error: anError({ ename: `E${index}`, cellIndex: index }),
    }),
  );
  const links = { ...SOME_LINKS, ofRun: () => `${SITE}/${'x'.repeat(30_000)}` };
  const comment = commentBody({ digest: await aDigest(results), links, key: 'k' });
  expect(comment.split('\n').slice(2, 3)).toEqual(['### ❌ 300 of 300 runs failed · 5.0 s']);
  expect(comment.length).toBeLessThan(2_000);
  expect(comment).toContain(SOME_LINKS.artifactUrl);
});

test('of a thousand runs that all fail differently, comment, summary and annotations keep their limits', async () => {
  const results = Array.from({ length: 1_000 }, (_, index) => {
    const evalue = `${'state left the domain 😀 '.repeat(40)}${index}`;
    const traceback = Array.from({ length: 100 }, (_unused, depth) => `frame ${depth} of ${evalue}`).join(
      '\n',
    );
    return aFailure({
      name: `run ${index}`,
      error: anError({ ename: `Error${index}`, evalue, traceback, cellIndex: index }),
    });
  });
  const digest = await aDigest(results);
  const comment = commentBody({ digest, links: SOME_LINKS, key: 'k' });
  const summary = summaryBody({ digest, links: SOME_LINKS });
  expect(comment.length).toBeLessThanOrEqual(60_000);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024);
  for (const text of [comment, summary]) {
    expect(text).toContain('1000 of 1000 runs failed');
    expect(text).toContain('Error0');
    expect(text.match(/^```/gm)?.length).toBe((text.match(/^```\w*\n[^]*?^```$/gm)?.length ?? 0) * 2);
  }
  const all = annotations(digest.batch, { repository: '/project' });
  expect(all.map(({ title }) => title).at(-1)).toBe('991 more errors');
  expect(all).toHaveLength(10);
});
