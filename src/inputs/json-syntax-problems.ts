import type { ParseError } from 'jsonc-parser';
import { printParseErrorCode } from 'jsonc-parser';
import type { Problem } from '../errors.ts';
import { quoted } from './describe-value.ts';
import type { SourceText } from './source-text.ts';

type ErrorName = ReturnType<typeof printParseErrorCode>;

/** What to say for each mistake of the parser; `found` is the text it stumbled over. */
const MESSAGES: Partial<Record<ErrorName, (found: string) => string>> = {
  InvalidSymbol: (found) => symbolMessage(found),
  InvalidNumberFormat: (found) => `${found} is not a number.`,
  PropertyNameExpected: (found) => `expected a key in double quotes, got ${shown(found)}.`,
  ValueExpected: (found) => `expected a value, got ${shown(found)}.`,
  ColonExpected: (found) => `expected ":" after the key, got ${shown(found)}.`,
  CommaExpected: (found) => `expected "," before ${shown(found)}.`,
  CloseBraceExpected: () => 'an object is not closed. Add the missing "}".',
  CloseBracketExpected: () => 'a list is not closed. Add the missing "]".',
  EndOfFileExpected: (found) => `expected the end, got ${shown(found)}. A file holds one value.`,
  UnexpectedEndOfComment: () => 'a comment is not closed. Add the missing "*/".',
  UnexpectedEndOfString: () =>
    'a string is not closed on its line. Add the missing quote, or write \\n for a line break.',
  UnexpectedEndOfNumber: (found) => `${found} is not a whole number or fraction. Add the missing digits.`,
  InvalidUnicode: () => 'expected four hexadecimal digits after \\u.',
  InvalidEscapeCharacter: () =>
    'a backslash stands before a character it cannot escape. Write \\\\ for a backslash.',
  InvalidCharacter: () => 'a string holds a control character. Write a tab as \\t, others as \\u00XX.',
};

const SYMBOL_CURES: readonly (readonly [RegExp, string])[] = [
  [/^(?:True|False)$/, 'Write true or false.'],
  [/^(?:None|undefined|nil|NULL|Null)$/, 'Write null.'],
  [/^['`‘’“”]/, 'Strings and keys take double quotes: "…".'],
  [/^#/, 'A comment starts with //.'],
  [/^[+.]\d|^[+.]/, 'Write numbers like 1, 0.5 or 1e-3.'],
  [/^[A-Za-z_]/, 'Strings and keys take double quotes: "…".'],
];

const STRUCTURAL: ReadonlySet<ErrorName> = new Set<ErrorName>([
  'PropertyNameExpected',
  'ValueExpected',
  'ColonExpected',
  'CommaExpected',
]);

/** The parser's errors in words, without those that only follow from the one before. */
export function jsonSyntaxProblems(errors: readonly ParseError[], source: SourceText): Problem[] {
  return errors
    .filter((error, index) => !follows(error, errors.slice(Math.max(0, index - 3), index), source.text))
    .map((error) => {
      const found = source.text.slice(error.offset, error.offset + error.length);
      const message = MESSAGES[printParseErrorCode(error.error)]?.(found) ?? `cannot read ${shown(found)}.`;
      return { ...source.placeAt(error.offset), message };
    });
}

/** A bad symbol is skipped, after which the parser misses what it stood for; a bad key is told twice. */
function follows(error: ParseError, before: readonly ParseError[], text: string): boolean {
  const name = printParseErrorCode(error.error);
  if (!STRUCTURAL.has(name)) return false;
  const previous = before.at(-1);
  if (previous === undefined) return false;
  if (name === 'ValueExpected' && printParseErrorCode(previous.error) === 'PropertyNameExpected') return true;
  return before.some(
    (earlier) =>
      printParseErrorCode(earlier.error) === 'InvalidSymbol' &&
      text.slice(earlier.offset + earlier.length, error.offset).trim() === '',
  );
}

function symbolMessage(found: string): string {
  const cure = SYMBOL_CURES.find(([pattern]) => pattern.test(found))?.[1];
  return `${quoted(found)} has no meaning in JSON.${cure === undefined ? '' : ` ${cure}`}`;
}

function shown(found: string): string {
  return found === '' ? 'the end of the text' : quoted(found);
}
