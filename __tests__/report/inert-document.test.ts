import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { inertDocument } from '../../src/report/inert-document.ts';
import { mathBlock } from '../../src/report/inert-math.ts';
import { MORE_THAN_TEXT, nodesOf, parseGfm } from './gfm.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

const LIMITS = { lines: 40, chars: 120 };

test('headings, lists, tables, strong text, code and formulas of a notebook keep their look', () => {
  const markdown = [
    '# Result',
    'The **best** model is `ridge`, see [the paper](https://evil.example/paper) by @octocat.',
    '',
    '* first',
    '  1. second',
    '',
    '| model | error |',
    '|:---|---:|',
    '| ridge | **0.1** |',
    '',
    '$$',
    String.raw`\frac{1}{2}`,
    '$$',
    '```python',
    'print("@octocat")',
    '```',
    '<img src="https://evil.example/x.png"> ![x](https://evil.example/x.png)',
  ].join('\n');
  expect(inertDocument(markdown, LIMITS)).toBe(
    [
      '**Result**',
      'The **best** model is `ridge`, see \\[the `paper](https://evil.example/paper)` by `@octocat.`',
      '- first\n  - second',
      '| model | error |\n| --- | --- |\n| ridge | **0.1** |',
      '```math\n\\frac{1}{2}\n```',
      '```\nprint("@octocat")\n```',
      '&#60;img `src="https://evil.example/x.png">` `![x](https://evil.example/x.png)`',
    ].join('\n\n'),
  );
});

test('strong text, headings and items in which nothing is to be seen are left out', () => {
  expect(inertDocument('- x\n  - \x1b[31m\n- y', LIMITS)).toBe('- x\n- y');
  expect(inertDocument('# \x1b[31m\n\n**\x1b[31m** x\n\n## **', LIMITS)).toBe('x');
});

test('a long document is cut at a line, and says so', () => {
  const lines = Array.from({ length: 10 }, (_, index) => `- item ${index}`).join('\n');
  expect(inertDocument(lines, { lines: 2, chars: 80 })).toBe('- item 0\n- item 1\n\n…and 8 more lines.');
});

test('no document becomes more than text, lists, tables, strong text, code and formulas', () => {
  const line = fc.tuple(fc.constantFrom('', '- ', '| ', '# ', '```', '$$', '> ', '    ', '1. '), hostileText);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const nodes = nodesOf(parseGfm(inertDocument(lines.map((parts) => parts.join('')).join('\n'), LIMITS)));
      expect(nodes.filter(({ type }) => !ALLOWED.includes(type))).toEqual([]);
      for (const node of nodes) {
        if (node.type === 'code') expect([null, 'math', 'latex']).toContain(node.lang);
        if (node.type !== 'text') continue;
        for (const pattern of MORE_THAN_TEXT) expect(node.value).not.toMatch(pattern);
      }
    }),
    { numRuns: 300 },
  );
});

const ALLOWED: readonly string[] = [
  'root', 'paragraph', 'text', 'inlineCode', 'code', 'strong', 'list', 'listItem', 'table', 'tableRow', 'tableCell',
]; // prettier-ignore

test.each([
  [
    'of sympy',
    String.raw`$\displaystyle \frac{x^{2}}{\sqrt{y}}$`,
    '```math\n\\displaystyle \\frac{x^{2}}{\\sqrt{y}}\n```',
  ],
  [
    'on lines of its own',
    '\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}',
    '```math\n\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}\n```',
  ],
  [
    'that leads elsewhere',
    String.raw`$\href{https://evil.example}{x}$`,
    '```latex\n$\\href{https://evil.example}{x}$\n```',
  ],
  ['that defines a command', String.raw`\def\x{\x}\x`, '```latex\n\\def\\x{\\x}\\x\n```'],
  ['that ends before its end', '$x$ ``` $y$', '````latex\n$x$ ``` $y$\n````'],
  [
    'of an unknown environment',
    String.raw`\begin{tikzpicture}x\end{tikzpicture}`,
    '```latex\n\\begin{tikzpicture}x\\end{tikzpicture}\n```',
  ],
])('a formula %s is drawn only when it is nothing but mathematics', (_, latex, expected) => {
  expect(mathBlock(latex, 120)).toBe(expected);
});
