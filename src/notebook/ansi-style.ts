/**
 * Colours and styles of a terminal's text (SGR) as canonical codes, for instance `1;31`; empty = none. ECMA-48, 8.3.117.
 */
export type AnsiStyle = string;

/** The style after an SGR sequence with these parameters (`31`, `0;1`, empty = reset). */
export function restyle(style: AnsiStyle, parameters: string): AnsiStyle {
  const slots = new Map<string, string>();
  apply(slots, style);
  apply(slots, parameters === '' ? '0' : parameters);
  return [...slots.keys()]
    .sort()
    .map((slot) => slots.get(slot))
    .join(';');
}

/** The style after a text that may hold SGR sequences. */
export function styleAfter(style: AnsiStyle, text: string): AnsiStyle {
  if (!text.includes('\x1b[')) return style;
  let after = style;
  // eslint-disable-next-line no-control-regex -- escape sequences start with a control character
  for (const [, parameters = ''] of text.matchAll(/\x1b\[([\d;:]*)m/g)) after = restyle(after, parameters);
  return after;
}

/** The escape sequences that lead from one style to another. */
export function transition(from: AnsiStyle, to: AnsiStyle): string {
  if (from === to) return '';
  return (from === '' ? '' : '\x1b[0m') + (to === '' ? '' : `\x1b[${to}m`);
}

function apply(slots: Map<string, string>, parameters: string): void {
  if (parameters === '') return;
  const codes = parameters.split(/[;:]/);
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    const number = Number(code);
    if (number === 38 || number === 48) {
      // 5;n is one of 256 colours, 2;r;g;b a free one.
      const colour = codes.splice(0, codes[0] === '2' ? 4 : 2);
      slots.set(number === 38 ? 'foreground' : 'background', [number, ...colour].join(';'));
      continue;
    }
    const row = SLOTS.find(({ from, to }) => number >= from && number <= to);
    if (number === 0) slots.clear();
    else if (row) slots.set(row.slot, String(number));
    else for (const off of SLOTS) if (off.off === number) slots.delete(off.slot);
  }
}

/** Codes that switch something on, what they switch, and the code that switches it off. */
const SLOTS: readonly { from: number; to: number; slot: string; off: number }[] = [
  { from: 1, to: 1, slot: 'bold', off: 22 },
  { from: 2, to: 2, slot: 'dim', off: 22 },
  { from: 3, to: 3, slot: 'italic', off: 23 },
  { from: 4, to: 4, slot: 'underline', off: 24 },
  { from: 5, to: 6, slot: 'blink', off: 25 },
  { from: 7, to: 7, slot: 'inverse', off: 27 },
  { from: 8, to: 8, slot: 'hidden', off: 28 },
  { from: 9, to: 9, slot: 'struck', off: 29 },
  { from: 30, to: 37, slot: 'foreground', off: 39 },
  { from: 90, to: 97, slot: 'foreground', off: 39 },
  { from: 40, to: 47, slot: 'background', off: 49 },
  { from: 100, to: 107, slot: 'background', off: 49 },
];
