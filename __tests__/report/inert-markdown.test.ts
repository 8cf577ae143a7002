import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  codeBlock,
  codeInHtml,
  codeInTable,
  codeSpan,
  link,
  mermaidLabel,
  prose,
} from '../../src/report/inert-markdown.ts';
import { inertText } from '../../src/report/inert-text.ts';
import { MORE_THAN_TEXT, nodesOf, parseGfm, readText } from './gfm.ts';
import { hostileText } from './hostile-text.ts';

/** What every context shows of a line. */
function shownText(text: string): string {
  return inertText(text).replaceAll('<!--', '<!\u2010-');
}

const WIDE = 10_000;
const RUNS = 300;
/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

test('code in a paragraph is read as that code and nothing else, whatever it contains', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const tree = parseGfm(`before ${codeSpan(text, WIDE)} after`);
      expect(nodesOf(tree).map(({ type }) => type)).toEqual([
        'root',
        'paragraph',
        'text',
        'inlineCode',
        'text',
      ]);
      const shown = shownText(text) || '""';
      expect(nodesOf(tree)[3]).toMatchObject({ value: shown });
    }),
    { numRuns: RUNS },
  );
});

test('code in a table stays in its cell; only a pipe behind a backslash becomes its look-alike', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (left, right) => {
      const tree = parseGfm(
        `| a | b |\n| --- | --- |\n| ${codeInTable(left, WIDE)} | ${codeInTable(right, WIDE)} |`,
      );
      const types = nodesOf(tree).map(({ type }) => type);
      const head = ['root', 'table', 'tableRow', 'tableCell', 'text', 'tableCell', 'text'];
      expect(types).toEqual([...head, 'tableRow', 'tableCell', 'inlineCode', 'tableCell', 'inlineCode']);
      const codes = nodesOf(tree).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []));
      expect(codes).toEqual(
        [left, right].map((text) => (shownText(text) || '""').replaceAll('\\|', '\\\u2223')),
      );
    }),
    { numRuns: RUNS },
  );
});

test('prose is read as its words, and whatever is more than text becomes code', () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom('', '- ', '| ', '**x** '), (text, before) => {
      const line = before === '| ' ? `| x |\n| --- |\n| ${prose(text, WIDE)} |` : before + prose(text, WIDE);
      const nodes = nodesOf(parseGfm(line));
      const structure = ['root', 'paragraph', 'list', 'listItem', 'table', 'tableRow', 'tableCell', 'strong'];
      const added = nodes.filter(({ type }) => ![...structure, 'text', 'inlineCode'].includes(type));
      expect(added).toEqual([]);
      for (const node of nodes.filter(({ type }) => type === 'text')) {
        for (const pattern of MORE_THAN_TEXT) expect('value' in node && node.value).not.toMatch(pattern);
      }
      const words = shownText(text).trim().split(/ +/).join(' ').replaceAll('|', '\u2223');
      const read = nodes
        .map((node) => (node.type === 'text' || node.type === 'inlineCode' ? node.value : ''))
        .join('');
      expect(read.replaceAll('|', '\u2223').endsWith(words)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('a block of code is one block with the lines it was given', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 6 }), (lines) => {
      const [code, ...others] = parseGfm(`${codeBlock(lines, { chars: WIDE })}\n\nafter`).children;
      expect(others.map(({ type }) => type)).toEqual(['paragraph']);
      const expected = lines.map((line) => shownText(line.replaceAll('\t', '    ')).trimEnd());
      expect(code).toMatchObject({ type: 'code', lang: null, value: expected.join('\n') });
    }),
    { numRuns: RUNS },
  );
});

test('code in a line of HTML contains no tag but its own', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = codeInHtml(text, WIDE);
      expect(html).toMatch(/^<code>[^<>"'\n]*<\/code>$/);
      const tree = parseGfm(`<details>\n<summary>${html}</summary>\n\ninside\n\n</details>`);
      expect(tree.children.map(({ type }) => type)).toEqual(['html', 'paragraph', 'html']);
    }),
    { numRuns: RUNS },
  );
});

test('a label of a diagram has only letters, digits and harmless signs', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(mermaidLabel(text)).toMatch(/^[\p{L}\p{N} _.,:()/+=²³×⁰¹⁴-⁹⁻…-]{0,40}$/u);
    }),
  );
});

test.each([
  ['letters in the direction of reading', 'a\u202eb\u2066c\u200bd', '`a\\u202eb\\u2066c\\u200bd`'],
  ['colours', '\x1b[31mred\x1b[0m', '`red`'],
  ['half of a surrogate pair', 'x\ud83d', '`x\\ud83d`'],
  ['nothing', '', '`""`'],
  ['lines', 'one\ntwo', '`one two`'],
])('%s are shown as text', (_, text, expected) => {
  expect(codeSpan(text)).toBe(expected);
});

test('long text is cut with an ellipsis, between characters as people see them', () => {
  expect(codeSpan('abcdef', 4)).toBe('`abc…`');
  expect(codeSpan('😀😀😀', 5)).toBe('`😀😀…`');
  expect(codeSpan(`a${'\u0301'.repeat(1_000_000)}`, 4).length).toBeLessThan(40);
});

test('a link leads only to a proper address, which cannot end it', () => {
  expect(link('run', 'https://github.com/a(b)/c|d')).toBe('[run](https://github.com/a%28b%29/c%7Cd)');
  expect(link('run', 'https://github.com/x?a=1&copy=2')).toBe('[run](https://github.com/x?a=1&amp;copy=2)');
  expect(link('run', 'javascript:alert(1)')).toBe('run');
  expect(link('run', 'not an address')).toBe('run');
  expect(link('run', undefined)).toBe('run');
  expect(readText(parseGfm(link('run', 'https://x.example/a b)')))).toBe('run');
});
