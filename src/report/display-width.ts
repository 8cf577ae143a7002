const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const ASCII = /^[\x20-\x7e]*$/;
/** Clusters that take no place of their own: marks and format characters without a base. */
const NOTHING =
  /^[\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Default_Ignorable_Code_Point}\p{Surrogate}]+$/v;
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Emoji}\uFE0F)/v;
/** The blocks whose characters are wide or fullwidth: https://www.unicode.org/reports/tr11/ */
const WIDE =
  /^[\u1100-\u115F\u2329\u232A\u2630-\u2637\u268A-\u268F\u2E80-\u303E\u3041-\u3247\u3250-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6B\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FB}\u{1D300}-\u{1D376}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}]/v;

/** Columns that a terminal needs for text without control characters. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += clusterWidth(segment);
  return width;
}

/** The text, or as much of its beginning as fits with an ellipsis into so many columns. */
export function cutToWidth(text: string, columns: number, ellipsis = '…'): string {
  if (text.length <= columns && ASCII.test(text)) return text;
  const room = columns - displayWidth(ellipsis);
  let width = 0;
  let kept = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += clusterWidth(segment);
    if (width <= room) kept = index + segment.length;
    if (width > columns) return room < 0 ? '' : text.slice(0, kept) + ellipsis;
  }
  return text;
}

/** The text with spaces after it up to so many columns; longer text stays as it is. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

function clusterWidth(cluster: string): number {
  if (NOTHING.test(cluster)) return 0;
  return EMOJI.test(cluster) || WIDE.test(cluster) ? 2 : 1;
}
