/** Numbers that several texts have in the same places: labels, and a row of number texts for each text. */
export interface NumberTable {
  readonly labels: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const NUMBER = /[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?%?|\b(?:nan|inf)\b/g;

const MOST_NUMBERS = 24;

/**
 * Texts that are the same but for their numbers, as a table of the numbers that differ; undefined when they are not,
 * or when nothing differs. A label is the text right before or after the number.
 */
export function comparableNumbers(texts: readonly string[]): NumberTable | undefined {
  const [first] = texts;
  if (first === undefined || texts.length < 2) return undefined;
  const skeleton = first.replace(NUMBER, '\u0001').replace(/\s+/g, ' ');
  if (texts.some((text) => text.replace(NUMBER, '\u0001').replace(/\s+/g, ' ') !== skeleton))
    return undefined;
  const all = texts.map((text) => [...text.matchAll(NUMBER)].map(([number]) => number));
  const count = all[0]?.length ?? 0;
  if (count === 0 || count > MOST_NUMBERS) return undefined;
  const places = Array.from({ length: count }, (_, index) => index);
  const differing = places.filter((index) => new Set(all.map((numbers) => numbers[index])).size > 1);
  if (differing.length === 0) return undefined;
  const between = skeleton.split('\u0001');
  return {
    labels: differing.map((index) => labelOf(between[index] ?? '', between[index + 1] ?? '', index)),
    rows: all.map((numbers) => differing.map((index) => numbers[index] ?? '')),
  };
}

/** `error: 3` is labelled from before, `442 patients,` from after. */
function labelOf(before: string, after: string, index: number): string {
  const ahead = /([\p{L}][\p{L}\p{N} _.()²-]*?)\s*[:=(\s]\s*$/u.exec(before)?.[1]?.trim();
  const behind = /^\s*([\p{L}][\p{L}_-]*)/u.exec(after)?.[1];
  const isNamed = /[:=]\s*$/.test(before);
  const label = isNamed ? (ahead ?? behind) : (behind ?? ahead);
  return label?.split(/\s+/).slice(-4).join(' ') ?? `number ${index + 1}`;
}

/** A table of several numbers by name that is the same in all runs: its cells, when there is one row of values. */
export function oneRowTable(
  html: string,
): { labels: readonly string[]; values: readonly string[] } | undefined {
  if (!/<table/i.test(html) || html.length > 100_000) return undefined;
  const rows = [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/gi)].map(([, row = '']) =>
    [...row.matchAll(/<t([hd])[^>]*>([\s\S]*?)<\/t[hd]>/gi)].map(([, kind = '', cell = '']) => ({
      isValue: kind.toLowerCase() === 'd',
      text: plainText(cell),
    })),
  );
  const [header, body, ...others] = rows;
  if (header === undefined || body === undefined || others.length > 0 || header.length !== body.length)
    return undefined;
  const columns = body.flatMap(({ isValue, text }, index) =>
    isValue ? [{ label: header[index]?.text ?? '', value: text }] : [],
  );
  if (columns.length === 0) return undefined;
  return { labels: columns.map(({ label }) => label), values: columns.map(({ value }) => value) };
}

/** Only for texts that become text nodes again. */
function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_, name: string) => CHARACTERS[name] ?? '')
    .trim();
}

const CHARACTERS: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};
