import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { expect, test, vi } from 'vitest';
import type { RunStatus } from '../../src/model.ts';
import type { Notebook } from '../../src/notebook/types.ts';
import { commentBody } from '../../src/report/comment-body.ts';
import { isOwnComment } from '../../src/report/comment-marker.ts';
import { summaryBody } from '../../src/report/summary-body.ts';
import { aResult, aRun, anError } from '../fakes/runs.ts';
import { aDigest, SOME_LINKS } from './digests.ts';
import { aCell, aNotebook, dataFrame, display, failed, FIGURE, stdout } from './executed-notebooks.ts';
import { MORE_THAN_TEXT, nodesOf, parseGfm } from './gfm.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 120_000 });

const OURS = 'https://github.com/octocat/notebooks/';

/** One foreign text for each place where there can be one. */
const texts = fc.array(hostileText, { minLength: 20, maxLength: 20 });
const statuses = fc.array(
  fc.constantFrom<RunStatus>('passed', 'failed', 'timed-out', 'skipped', 'cancelled'),
  {
    minLength: 1,
    maxLength: 5,
  },
);

test('S4 whatever a batch contains, its comment has no structure but the one of its template', async () => {
  await fc.assert(
    fc.asyncProperty(texts, statuses, fc.boolean(), async (foreign, kinds, sweeps) => {
      const { digest, title, key } = await hostileBatch(foreign, kinds, { sweeps });
      const comment = commentBody({
        digest,
        links: SOME_LINKS,
        key,
        title,
        writer: { number: 7, attempt: 1 },
      });
      expect(isOwnComment(comment, key)).toBe(true);
      expect(comment.split('<!--').length - 1).toBe(2);
      expectInert(comment);
      expectInert(summaryBody({ digest, links: SOME_LINKS, title }));
    }),
    { numRuns: 40 },
  );
});

function expectInert(markdown: string): void {
  expect(markdown.isWellFormed()).toBe(true);
  const tree = parseGfm(markdown);
  const nodes = nodesOf(tree);
  expect(nodes.filter(({ type }) => !ALLOWED.has(type))).toEqual([]);
  for (const node of nodes) {
    if (node.type === 'html') expect(node.value).toMatch(HTML);
    if (node.type === 'link') expect(node.url).toMatch(new RegExp(`^${OURS}`));
    if (node.type === 'heading') expect([3, 4]).toContain(node.depth);
    if (node.type === 'code') expect([null, 'python', 'mermaid', 'math', 'latex']).toContain(node.lang);
    if (node.type === 'table') {
      const widths = new Set(node.children.map((row) => row.children.length));
      expect(widths.size).toBe(1);
    }
  }
  expect(nodes.filter(({ type }) => type === 'heading').length).toBeLessThanOrEqual(2);
  const opened = nodes.filter((node) => node.type === 'html' && node.value.startsWith('<details'));
  expect(nodes.filter((node) => node.type === 'html' && node.value === '</details>')).toHaveLength(
    opened.length,
  );
  for (const text of plainTexts(tree)) {
    for (const pattern of MORE_THAN_TEXT) expect(text).not.toMatch(pattern);
  }
}

const ALLOWED = new Set<Nodes['type']>([
  'root', 'html', 'heading', 'paragraph', 'text', 'inlineCode', 'code', 'link', 'strong', 'table', 'tableRow', 'tableCell',
  'list', 'listItem',
]); // prettier-ignore

/** The marker, the beginning of a fold with code as its only foreign text, and the end of a fold. */
const HTML =
  /^(?:<!-- parallel-notebooks: [\w%.!~*'()]* -->|<!-- written by run 7\.1 -->|<details(?: open)?>\n<summary>(?:<code>[^<>]*<\/code>|[^<>@#$:/])*<\/summary>|<\/details>)$/;

/** Text in which GitHub looks for more, that is, outside of code and of links. */
function plainTexts(node: Nodes): string[] {
  if (node.type === 'text') return [node.value];
  return 'children' in node && node.type !== 'link' ? node.children.flatMap(plainTexts) : [];
}

async function hostileBatch(
  foreign: readonly string[],
  kinds: readonly RunStatus[],
  { sweeps }: { readonly sweeps: boolean },
) {
  const text = (index: number): string => foreign[index] ?? '';
  const notebook: Notebook = aNotebook([
    aCell(1, text(0), [
      dataFrame(
        [text(1), 'plain'],
        [
          [text(2), text(3), 1],
          [1, 2, 3],
        ],
      ),
      FIGURE,
      display({
        'text/markdown': `${text(4)}\n${text(5)}\n\n| ${text(6)} | b |\n| --- | --- |\n| ${text(4)} | ${text(5)} |`,
      }),
      display({ 'text/latex': `$${text(6)}$` }),
      display({ 'text/plain': text(7) }),
    ]),
    aCell(2, text(8), [stdout(text(9)), failed(text(10), text(11))], { duration: 30, exception: true }),
  ]);
  const results = kinds.map((status, index) => {
    const name = `${text(12)}${index}`;
    const error = anError({
      ename: text(10),
      evalue: text(11),
      traceback: `---> 3 ${text(13)}\n${text(14)}`,
      file: text(15),
    });
    return aResult({
      run: aRun({
        name,
        notebook: text(15),
        notebookPath: `/project/${text(15)}`,
        parameters: new Map<string, string | number>([
          [text(16), index / 4],
          [`${text(17)}!`, `${text(17)}${index % 2}`],
        ]),
        varies: sweeps ? [text(16)] : [],
      }),
      status,
      attempts: status === 'skipped' ? 0 : 1,
      durationMs: 20_000 + index,
      error: status === 'failed' || status === 'timed-out' ? error : undefined,
      warnings: [text(18)],
      output: { kind: 'truncated' },
    });
  });
  const notebooks = Object.fromEntries(results.map(({ run }) => [run.name, notebook]));
  return { digest: await aDigest(results, { notebooks }), title: text(19), key: text(18) };
}
