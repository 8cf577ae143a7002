/* eslint no-control-regex: "off" -- control characters are what this is about */
import { expect, test, vi } from 'vitest';
import { failingLine } from '../../src/execute/failing-line.ts';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { parsePapermillValue } from '../../src/inputs/parse-papermill-value.ts';
import { readDocument } from '../../src/inputs/read-document.ts';
import { plainText } from '../../src/notebook/plain-text.ts';
import { TerminalText } from '../../src/notebook/terminal-text.ts';
import { safeSegment } from '../../src/plan/safe-segment.ts';
import { htmlTable } from '../../src/report/html-table.ts';
import { inertDocument } from '../../src/report/inert-document.ts';
import { inertLogLine } from '../../src/report/inert-log-line.ts';
import { codeSpan, prose } from '../../src/report/inert-markdown.ts';
import { inertText } from '../../src/report/inert-text.ts';
import { redactor } from '../../src/report/redact.ts';
import { failingSource, tracebackTail } from '../../src/report/traceback-frames.ts';
import { anError } from '../fakes/runs.ts';

vi.setConfig({ testTimeout: 300_000 });

const LENGTH = 300_000;
/** Work that grows with the length takes milliseconds; with its square, a minute. */
const DEADLINE_MS = 10_000;

/** What an expression that looks for something may begin with again and again. */
const PIECES = [
  'x', ' ', '\t', '\n', '\r', '\b', ' \n', '\r\n', '\ud800', '\u0301', '\u202e', '\x1b', '\x1b[', '\x1b[31m', '\x1b]8;;', '\x9b1;',
  '-----BEGIN PRIVATE KEY-----', 'eyJeyJ.', 'a://b:', 'ghp_', '::', '##[', '`', '```\n', '**a', '[a](', '<', '<td', '<!--', '&#', '|', '$$', '> ', '- ', '1. ',
  '---- ', '----> 1 ', 'File <ipython-input-1-', 'Input In [1], in ', 'Cell In[1], line ', 'Traceback:\n', '9.', '1e', '"', '{a', '../',
]; // prettier-ignore

const redact = redactor(['correct horse battery', 'aaaaaaaab']);
const error = (text: string) => anError({ ename: 'E', evalue: text, traceback: text });
const RENDERERS: Readonly<Record<string, (text: string) => unknown>> = {
  'hiding secrets': redact,
  'hiding secrets in pieces': (text) => redact.joined(text.match(/[^]{1,1000}/g) ?? []),
  'taking colours away': plainText,
  'making a line inert': inertText,
  'making a line of the log inert': inertLogLine,
  'making Markdown inert': prose,
  'making code inert': codeSpan,
  'a document': (text) => inertDocument(text, { lines: 30, chars: 500 }),
  'a table': htmlTable,
  'a stream': (text) => new TerminalText(() => undefined).write(text),
  'the source that failed': (text) => failingSource(error(text)),
  'the end of a traceback': (text) => tracebackTail(error(text), 10),
  'the line that failed': (text) => failingLine(text, { executionCount: 1, source: text }),
  'the line that failed in R': (text) =>
    failingLine(`Traceback:\n1. ${text}`, { executionCount: 1, source: 'f(1)\n'.repeat(1_000) }),
  'a segment of a path': safeSegment,
  'a value of the command line': parsePapermillValue,
  'a configs file': (text) => readDocument(text, 'configs.json'),
};

test.each(Object.entries(RENDERERS))('%s takes no longer than its text is long', (_, render) => {
  const slow = PIECES.filter((piece) => {
    const text = piece.repeat(LENGTH / piece.length);
    const started = performance.now();
    render(text);
    render(`${text}\0!`);
    return performance.now() - started > DEADLINE_MS;
  });
  expect(slow).toEqual([]);
});

test('a hundred thousand mistakes are told, and no stack is too small for them', () => {
  const entries = Array.from({ length: 100_000 }, () => '"x": 1');
  const { problems } = readDocument(`{${entries.join(',')}}`, 'configs.json');
  expect(problems).toHaveLength(99_999);
  expect(formatProblems(problems)).toContain('configs.json has 99999 problems:');
  expect(readDocument('a: b\n'.repeat(20_000), 'configs.yaml').problems).toHaveLength(19_999);
});
