/** A part of a text, from `start` up to before `end`, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Hidden {
  /** Texts that are secret themselves. */
  readonly needles: readonly string[];
  /** Global expressions; a group named `secret` (which needs the flag `d`) is the secret part of what they match. */
  readonly shapes: readonly RegExp[];
}

/** Colours of a terminal, which a kernel puts around and into what it highlights. */
const COLOURS = /\x1b\[[0-9;:]*m/g; // eslint-disable-line no-control-regex

/** The secret parts of a text in order, those that touch or overlap as one, colours inside of them included. */
export function hiddenSpans(text: string, hidden: Hidden): readonly Span[] {
  const spans = findAll(text, hidden);
  if (text.includes('\x1b[')) {
    const { plain, place } = withoutColours(text);
    for (const { start, end } of findAll(plain, hidden)) {
      spans.push({ start: place(start), end: place(end - 1) + 1 });
    }
  }
  return merged(spans);
}

function findAll(text: string, { needles, shapes }: Hidden): Span[] {
  const spans: Span[] = [];
  for (const needle of needles) {
    for (let start = text.indexOf(needle); start >= 0; start = text.indexOf(needle, start + 1)) {
      spans.push({ start, end: start + needle.length });
    }
  }
  for (const shape of shapes) {
    for (const match of text.matchAll(shape)) {
      const [start, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
      spans.push({ start, end });
    }
  }
  return spans;
}

/** `place`: where a character of the plain text stands in the coloured one. */
function withoutColours(text: string): { plain: string; place: (index: number) => number } {
  const pieces: { readonly plain: number; readonly original: number }[] = [];
  let plain = '';
  let original = 0;
  for (const match of text.matchAll(COLOURS)) {
    pieces.push({ plain: plain.length, original });
    plain += text.slice(original, match.index);
    original = match.index + match[0].length;
  }
  pieces.push({ plain: plain.length, original });
  plain += text.slice(original);
  const place = (index: number): number => {
    let [low, high] = [0, pieces.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((pieces[middle]?.plain ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low] ?? { plain: 0, original: 0 };
    return piece.original + index - piece.plain;
  };
  return { plain, place };
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      result.push(span);
    }
  }
  return result;
}
