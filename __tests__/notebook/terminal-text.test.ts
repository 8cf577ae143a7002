import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TerminalText } from '../../src/notebook/terminal-text.ts';

function shown(...chunks: string[]): string {
  let committed = '';
  const terminal = new TerminalText((text) => (committed += text));
  for (const chunk of chunks) terminal.write(chunk);
  return committed + terminal.liveLine;
}

const RED = '\x1b[31m';
const GREEN = '\x1b[32m';
const BOLD = '\x1b[1m';
const OFF = '\x1b[0m';

describe('a stream is shown as a terminal shows it', () => {
  test.each([
    ['plain lines', 'a\nb\n', 'a\nb\n'],
    ['a carriage return goes to the start of the line', '10%\r20%\r30%\n', '30%\n'],
    ['what is not overwritten stays', 'abcdef\rXY', 'XYcdef'],
    ['a carriage return at the end changes nothing yet', 'abc\r', 'abc'],
    ['ends of line of Windows', 'a\r\nb\r\n', 'a\nb\n'],
    ['several carriage returns', 'abc\r\r\rX', 'Xbc'],
    ['earlier lines stay', 'one\ntwo\rTWO', 'one\nTWO'],
    ['a backspace goes one back', 'abc\bX', 'abX'],
    ['a backspace alone deletes nothing', 'abc\b\b\n', 'abc\n'],
    ['backspaces stop at the start of the line', 'a\nb\b\b\bX', 'a\nX'],
    ['a backspace after a carriage return', 'abc\r\bX', 'Xbc'],
    ['a spinner', '|\b/\b-\b\\\bdone', 'done'],
    ['a character of two units is one column', '😀b\b\bX', 'Xb'],
    ['erasing to the end of the line', 'abcdef\rX\x1b[K', 'X'],
    ['erasing the line', 'abcdef\r\x1b[2KX', 'X'],
    ['erasing the line from its middle', 'abcdef\b\b\x1b[2KX', '    X'],
    ['erasing before the cursor changes nothing', 'abc\rX\x1b[1K', 'Xbc'],
    ['cursor commands', 'abcdef\r\x1b[2CX\x1b[2DY\x1b[6GZ', 'aYXdeZ'],
    ['columns beyond the text', 'a\r\x1b[4Gb', 'a  b'],
    ['a hidden cursor', '\x1b[?25la\rb\x1b[?25h', 'b'],
    ['colours on a line that nothing overwrites', `${RED}a${OFF}\n`, `${RED}a${OFF}\n`],
    ['other commands on such a line', 'a\x1b[Kb\x1b]8;;x\x07c', 'a\x1b[Kb\x1b]8;;x\x07c'],
    ['an overwritten colour', `${RED}abc${OFF}\rX`, `X${RED}bc${OFF}`],
    ['a colour that goes on', `${RED}abc\rX`, `${RED}Xbc`],
    ['a colour from the line before', `${RED}a\nbc\rX\n${OFF}d`, `${RED}a\nXc\n${OFF}d`],
    ['a colour from the line before that ends', `${RED}a\nbc\r${OFF}X`, `${RED}a\n${OFF}X${RED}c${OFF}`],
    ['two styles', `${BOLD}${GREEN}ab\r${OFF}X`, `X\x1b[1;32mb${OFF}`],
    ['styles that end one by one', `${BOLD}${RED}a\x1b[22mb\x1b[39mc\rX`, `X${RED}b${OFF}c`],
    ['a colour of 256', 'ab\r\x1b[38;5;200mX', `\x1b[38;5;200mX${OFF}b\x1b[38;5;200m`],
    ['a free colour', 'ab\r\x1b[48;2;1;2;3mX', `\x1b[48;2;1;2;3mX${OFF}b\x1b[48;2;1;2;3m`],
    ['an escape character that begins nothing', 'ab\r\x1b[\x01X', '[\x01X'],
    [
      'a progress bar of pip',
      `a ${GREEN}━━${OFF} 1/2\r\x1b[2K   ${GREEN}━━━━${OFF} 2/2\n`,
      `   ${GREEN}━━━━${OFF} 2/2\n`,
    ],
  ])('%s', (_what, written, seen) => {
    expect(shown(written)).toBe(seen);
    expect(shown(...Array.from({ length: written.length }, (_, at) => written.charAt(at)))).toBe(seen);
  });
});

/** Texts with everything that matters to a terminal, in short. */
const stream = fc
  .array(
    fc.constantFrom(
      'a',
      'bc',
      '\n',
      '\r',
      '\b',
      '😀',
      RED,
      OFF,
      BOLD,
      '\x1b[K',
      '\x1b[2K',
      '\x1b[3D',
      '\x1b[5G',
      '\x1b',
      '[',
      '3',
      'm',
      '\x1b]8;;x\x07',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

function cut(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

test('any cut into chunks shows the same', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat({ max: 200 }), { maxLength: 8 }), (text, places) => {
      expect(shown(...cut(text, places))).toBe(shown(text));
    }),
    { numRuns: 2000 },
  );
});

test('lines longer than what stays rewritable are cut at the same places', () => {
  const part = 'x'.repeat(50_000);
  const text = `${part}${part}${part}\r!\n${part}\r${part}${part}\r!`;
  const whole = shown(text);
  expect(shown(...cut(text, [7, 49_999, 65_536, 65_537, 140_000, 150_001, 250_001]))).toBe(whole);
  expect(whole.replaceAll('!', 'x').length).toBe(150_000 + 1 + 100_000);
});

test('a text without carriage returns, backspaces and escapes is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = text.replaceAll(/[\r\b]/g, '');
      expect(shown(plain)).toBe(plain);
    }),
  );
});
