/* eslint no-control-regex: "off" -- control characters are what this is about */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inertLogLine } from '../../src/report/inert-log-line.ts';

const COMMANDS = ['error', 'warning', 'add-mask', 'set-env', 'stop-commands', 'group'];

/** The runner's two parsers; `ActionCommand.TryParseV2` and `TryParse`. .NET's white space is trimmed. */
function commandOf(line: string): string | undefined {
  return v2(line) ?? v1(line);
}
function v2(line: string): string | undefined {
  const text = line.replace(/^[\p{White_Space}\u001c-\u001f]+/u, '');
  const end = text.indexOf('::', 2);
  return text.startsWith('::') && end >= 0 ? registered(text.slice(2, end)) : undefined;
}
function v1(line: string): string | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  return end < 0 ? undefined : registered(line.slice(start + 3, end));
}
function registered(command: string): string | undefined {
  const [name = ''] = command.split(' ');
  return COMMANDS.find((known) => known === name.toLowerCase());
}

/** The runner reads lines, and compares by culture: as if characters that collation ignores were not there. */
function accepted(text: string): string[] {
  const seen = text.replace(
    /[\p{Cf}\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000e-\u001f\u007f-\u009f]/gu,
    '',
  );
  return [text, seen].flatMap((it) => it.split(/\r\n|\r|\n/)).flatMap((line) => commandOf(line) ?? []);
}

describe('a line of the log', () => {
  test.each([
    ['::error::boom', '\\::error::boom'],
    [' \t ::add-mask::secret', '\\   ::add-mask::secret'],
    ['progress ##[error]boom', 'progress ##\\[error]boom'],
    ['######[group]', '######\\[group]'],
    ['#\u200d#\u200d[error]boom', '#\u200d#\u200d\\[error]boom'],
    ['first\n::error::second', 'first ::error::second'],
    ['\u001b[0m::error::coloured', '\\::error::coloured'],
    ['\u00a0\u200d::error::spaces', '\\\u00a0\u200d::error::spaces'],
    ['std::vector and #[derive]', 'std::vector and #[derive]'],
    ['| mean = total / count', '| mean = total / count'],
  ])('made of %j is %j', (text, line) => {
    expect(inertLogLine(text)).toBe(line);
  });

  test('S3 is never a command, whatever it is made of', () => {
    const unit = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom('::', ':', '##[', '#', '[', ']', ' ', '\n', '\r', '\t', ...COMMANDS),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '\u200b',
          '\u200d',
          '\u00ad',
          '\ufeff',
          '\u0085',
          '\u00a0',
          '\u001b[0m',
          '\u001b',
          '\u0301',
          '\ufe0f',
          '\0',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    );
    const hostile = fc.array(unit, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(accepted(inertLogLine(text))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  test('would be one without the care taken here', () => {
    const lines = [
      '::error::x',
      ' ::ERROR file=a::x',
      'x ##[stop-commands]token',
      'a\n::group::b',
      '\u200b::error::x',
    ];
    expect(lines.map((line) => accepted(line).length > 0)).toEqual(lines.map(() => true));
  });
});
