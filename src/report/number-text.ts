import { codeSpan } from './inert-markdown.ts';

/** Of numbers whose sizes differ more, the small ones would fill the large ones with zeros. */
const MOST_DIGITS = 9;
const PLAIN = /^-?\d{1,6}(?:\.\d{1,6})?$/;

/**
 * Measured numbers as a column of a table, whole or with up to five digits that count, and as many decimals in each so that their
 * points stand below one another. Long ones as code: GitHub would take them for a commit.
 */
export function numberTexts(values: readonly (number | undefined)[]): readonly string[] {
  const texts = values.map((value) => (value === undefined ? '' : written(value)));
  const plain = texts.filter((text) => PLAIN.test(text));
  const decimals = Math.max(0, ...plain.map(decimalsOf));
  const aligned =
    Math.max(0, ...plain.map((text) => text.replace(/\..*/, '').length)) + decimals <= MOST_DIGITS;
  return texts.map((text) => {
    if (text === '') return '';
    if (!PLAIN.test(text)) return codeSpan(text);
    return aligned ? Number(text).toFixed(decimals) : text;
  });
}

/** Counts are told as they are. */
function written(value: number): string {
  return String(Number.isInteger(value) && Math.abs(value) < 1e12 ? value : Number(value.toPrecision(5)));
}

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
