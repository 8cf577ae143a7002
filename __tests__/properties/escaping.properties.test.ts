import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { annotate, warn } from '../../src/adapters/job-page.ts';
import { escapeHtml, scriptJson } from '../../src/report/html-escape.ts';
import { inertLogLine } from '../../src/report/inert-log-line.ts';
import { codeInHtml, codeInTable, codeSpan, prose } from '../../src/report/inert-markdown.ts';
import { inertText } from '../../src/report/inert-text.ts';
import { MORE_THAN_TEXT, nodesOf, parseGfm } from '../report/gfm.ts';
import { hostileText } from '../report/hostile-text.ts';
import { always } from './always.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('S4 any text in code or prose is one piece of text in Markdown, and in a table one cell', async () => {
  await always(
    fc.property(hostileText, (text) => {
      for (const markdown of [codeSpan(text), prose(text), `${prose(text)} ${codeSpan(text)}`]) {
        const nodes = nodesOf(parseGfm(`x ${markdown} x`));
        expect(nodes.map(({ type }) => type).filter((type) => !INLINE.has(type))).toEqual([]);
        for (const node of nodes)
          if (node.type === 'text') for (const more of MORE_THAN_TEXT) expect(node.value).not.toMatch(more);
      }
      const [, , ...rows] = `| a | b |\n| --- | --- |\n| ${codeInTable(text)} | 1 |`.split('\n');
      expect(rows).toHaveLength(1);
      const table = nodesOf(parseGfm(`| a | b |\n| --- | --- |\n| ${codeInTable(text)} | 1 |`));
      expect(table.filter(({ type }) => type === 'tableCell')).toHaveLength(4);
      expect(codeInHtml(text).replace(/^<code>|<\/code>$/g, '')).not.toMatch(/[<>\n]/);
    }),
    { numRuns: 500 },
  );
});

const INLINE = new Set(['root', 'paragraph', 'text', 'inlineCode']);

test('S5 any text in HTML is text, and data in a script cannot end it', async () => {
  await always(
    fc.property(fc.oneof(hostileText, fc.string({ unit: 'binary' })), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39|#x27);)/);
      const data = scriptJson({ text, [text]: [text] });
      expect(data).not.toMatch(/<|\u2028|\u2029/);
      expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify({ text, [text]: [text] })));
    }),
    { numRuns: 500 },
  );
});

test('S3 any text in an annotation is in one command, ours, and in a line of the log is in none', async () => {
  await always(
    fc.property(hostileCommand, hostileCommand, hostileCommand, (title, message, place) => {
      const file = `notebooks/${place}`;
      const written: string[] = [];
      const spy = vi
        .spyOn(process.stdout, 'write')
        .mockImplementation((chunk) => written.push(String(chunk)) > 0);
      annotate({ level: 'error', file, line: 3, title, message });
      warn(message);
      spy.mockRestore();
      const lines = written.join('').split(/\r\n|\r|\n/);
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(/^::error [^\r\n]*::/);
      expect(lines[1]).toMatch(/^::warning::/);
      expect(lines[2]).toBe('');
      expect(propertiesOf(lines[0] ?? '')).toEqual({ ...(title === '' ? {} : { title }), file, line: '3' });
      expect(inertLogLine(message)).not.toMatch(/^\s*::|##\[|[\r\n]/);
      expect(inertText(message)).not.toMatch(/[\r\n\u2028\u2029\x1b\u202e\u2066]/); // eslint-disable-line no-control-regex
    }),
    { numRuns: 500 },
  );
});

const COMMANDS = ['::error::x', '::add-mask::x', '##[add-path]/tmp', '::stop-commands::token', '::set-output name=a::b', '%0A::warning::x', '%3A%3A', '::', ':', ',', 'file=x', '%', '%25', '\r', '\n', '\r\n', '\u2028']; // prettier-ignore
const hostileCommand = fc
  .array(fc.oneof(fc.constantFrom(...COMMANDS), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''));

/** As the runner takes a command apart: https://github.com/actions/runner ActionCommand.TryParseV2. */
function propertiesOf(line: string): Record<string, string> {
  const command = line.slice(2, line.indexOf('::', 2));
  const pairs = command.slice(command.indexOf(' ') + 1).split(',');
  const unescaped = (text: string): string =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1))]),
  );
}
