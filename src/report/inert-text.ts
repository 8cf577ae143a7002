import { withoutEscapes } from '../notebook/plain-text.ts';

const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Controls, format characters (bidi overrides, zero-width spaces, tags) and halves of surrogate pairs. The joiners
 * U+200C and U+200D stay: emoji and several scripts need them.
 */
const UNSEEN = /[[\p{Control}\p{Format}\p{Surrogate}]--[\u{200C}\u{200D}]]/gv;

/**
 * One line that can only be read: text of notebooks and configs files with colours gone, line breaks as spaces,
 * and whatever else would steer a terminal or hide from its reader written out, for instance `\u202e`.
 */
export function inertText(text: string): string {
  return withoutEscapes(text).replace(LINE_BREAKS, ' ').replace(UNSEEN, writtenOut);
}

function writtenOut(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
