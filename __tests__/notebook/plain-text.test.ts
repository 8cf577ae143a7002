import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../src/notebook/plain-text.ts';

test.each([
  ['colours', '\x1b[0;31mZeroDivisionError\x1b[39;00m: x', 'ZeroDivisionError: x'],
  ['links', '\x1b]8;;http://x\x07text\x1b]8;;\x1b\\ end', 'text end'],
  ['cursor commands', 'a\x1b[2K\x1b[?25lb\x1b7c\x1b(Bd', 'abcd'],
  ['8-bit commands', 'a\x9b31mb', 'ab'],
  ['a command cut off', 'a\x1b[3', 'a'],
  ['control characters', 'a\0b\x07c\x7fd\x85e\ttab\r\nline\rback', 'abcde\ttab\nlineback'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
])('%s are taken out', (_what, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('no text keeps a control character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\x1b', '[', ']', '1', ';', 'm', '\x07', '\r', 'a', '\x9b') }),
      (text) => {
        // eslint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(plainText(text)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      },
    ),
  );
});
