import { styleText } from 'node:util';
import { cutToWidth, displayWidth } from './display-width.ts';

export type Tone = 'good' | 'bad' | 'warning' | 'quiet' | 'strong';

/** A piece of a line. Its text must be inert. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** How lines are drawn, from terminal-abilities.ts. */
export interface LineStyle {
  readonly columns: number;
  readonly colour: boolean;
  readonly unicode: boolean;
}

const STYLES = { good: 'green', bad: 'red', warning: 'yellow', quiet: 'dim', strong: 'bold' } as const;

/** Joins the spans, cut to the columns before any colour is added, without spaces at the end. */
export function styledLine(spans: readonly Span[], style: LineStyle): string {
  const ellipsis = style.unicode ? '…' : '...';
  const pieces: Span[] = [];
  let room = style.columns;
  for (const [index, span] of spans.entries()) {
    const width = displayWidth(span.text);
    const last = spans.slice(index + 1).every(({ text }) => text === '');
    // The ellipsis belongs to the span that does not fit, or that leaves no room for the next.
    const cut = width > room || (width === room && !last);
    const text = cut ? cutToWidth(`${span.text}\u2026\u2026`, room, ellipsis) : span.text;
    pieces.push({ ...span, text });
    if (cut) break;
    room -= width;
  }
  return paint(withoutTrailingSpaces(pieces), style.colour);
}

/** The spans with another one between each two. */
export function separated(spans: readonly Span[], between: Span): Span[] {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [between, span]));
}

function withoutTrailingSpaces(spans: Span[]): Span[] {
  const last = spans.at(-1);
  if (last === undefined) return [];
  const text = last.text.trimEnd();
  return text === '' ? withoutTrailingSpaces(spans.slice(0, -1)) : [...spans.slice(0, -1), { ...last, text }];
}

function paint(spans: readonly Span[], colour: boolean): string {
  return spans
    .map(({ text, tone }) =>
      colour && tone !== undefined && text !== ''
        ? styleText(STYLES[tone], text, { validateStream: false })
        : text,
    )
    .join('');
}
