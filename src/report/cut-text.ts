const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Longer clusters are no characters that anybody reads, but marks heaped on one. */
const LONGEST_CLUSTER = 64;

/** At most so many UTF-16 code units, ending with an ellipsis where something was cut, between characters as people see them. */
export function cutText(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const end = Math.max(0, chars - 1);
  const start = graphemes.segment(text.slice(0, end + LONGEST_CLUSTER)).containing(end)?.index ?? end;
  return `${start > end - LONGEST_CLUSTER ? text.slice(0, start) : firstUnits(text, end)}…`;
}

/** The last of many lines, below an ellipsis. */
export function lastLines(lines: readonly string[], max: number): string[] {
  if (lines.length <= max) return [...lines];
  return max === 0 ? [] : ['…', ...lines.slice(lines.length - max + 1)];
}

/** At most so many code units, no pair of surrogates cut in half. */
export function firstUnits(text: string, max: number): string {
  if (text.length <= max) return text;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, splitsPair ? max - 1 : max);
}
