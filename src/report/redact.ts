import { hiddenSpans, type Span } from './hidden-spans.ts';
import { encodings } from './secret-encodings.ts';
import { SHAPES } from './secret-shapes.ts';

/** A text whose secrets are `***`, and how many were hidden. */
export interface Redacted {
  readonly text: string;
  readonly hits: number;
}

/** Hides secrets. */
export interface Redact {
  (text: string): Redacted;
  /** The same for texts that belong together: a secret that is cut into several of them is found too. */
  readonly joined: (texts: readonly string[]) => { readonly texts: readonly string[]; readonly hits: number };
}

const MASK = '***';

/** Hides these values, however encoded, and everything that has the shape of a well-known kind of secret. */
export function redactor(secrets: readonly string[]): Redact {
  const needles = [...new Set(secrets.flatMap(encodings))];
  const find = (text: string): readonly Span[] => hiddenSpans(text, { needles, shapes: SHAPES });
  const redact = (text: string): Redacted => {
    const spans = find(text);
    return spans.length === 0 ? { text, hits: 0 } : { text: masked(text, 0, spans), hits: spans.length };
  };
  const joined: Redact['joined'] = (texts) => {
    const spans = find(texts.join(''));
    if (spans.length === 0) return { texts, hits: 0 };
    let start = 0;
    const hidden = texts.map((text) => {
      const own = masked(text, start, spans);
      start += text.length;
      return own;
    });
    return { texts: hidden, hits: spans.length };
  };
  return Object.assign(redact, { joined });
}

/** A piece that starts at `offset` of what the spans are about; the mask stands where a secret begins. */
function masked(text: string, offset: number, spans: readonly Span[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { start, end } of spans) {
    const from = start - offset;
    if (end <= offset || from >= text.length) continue;
    parts.push(text.slice(kept, Math.max(kept, from)));
    if (from >= 0) parts.push(MASK);
    kept = Math.max(kept, Math.min(text.length, end - offset));
  }
  parts.push(text.slice(kept));
  return parts.join('');
}
