import { element } from './element.ts';

interface Style {
  foreground?: string | undefined;
  background?: string | undefined;
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

// Select Graphic Rendition in group 1; other control sequences, and links (OSC 8), are dropped.
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\u001b\[([\d;:]*)m|\u001b\[[\d;?]*[A-Za-ln-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

/** Text of a terminal as nodes, its colours as classes that the page's theme gives their meaning. */
export function ansiText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const plain = overwritten(text);
  let style: Style = {};
  let from = 0;
  for (const match of plain.matchAll(SEQUENCE)) {
    append(fragment, plain.slice(from, match.index), style);
    if (match[1] !== undefined) style = restyled(style, match[1]);
    from = match.index + match[0].length;
  }
  append(fragment, plain.slice(from), style);
  return fragment;
}

/** Carriage returns and backspaces applied, line by line, as a terminal would show it in the end. */
function overwritten(text: string): string {
  let result = text.replace(/\r+\n/g, '\n');
  for (let before = ''; result !== before;) {
    before = result;
    // eslint-disable-next-line no-control-regex
    result = result.replace(/[^\n]\u0008/g, '');
  }
  if (!result.includes('\r')) return result;
  return result.replace(/^.*\r.*$/gm, (line) =>
    line.split('\r').reduce((shown, next) => next + shown.slice(next.length)),
  );
}

function append(parent: DocumentFragment, text: string, style: Style): void {
  if (text === '') return;
  const classes: string[] = [];
  const css: string[] = [];
  const [foreground, background] = style.inverse
    ? [style.background ?? 'inverse', style.foreground ?? 'inverse']
    : [style.foreground, style.background];
  // The theme decides how light a free colour may be: programs choose them for one background only.
  for (const [colour, ground] of [
    [foreground, 'fg'],
    [background, 'bg'],
  ] as const) {
    if (colour === undefined) continue;
    if (colour.startsWith('#')) css.push(`--free-${ground}:${colour}`);
    classes.push(`ansi-${colour.startsWith('#') ? 'free' : colour}-${ground}`);
  }
  for (const name of ['bold', 'italic', 'underline'] as const) if (style[name]) classes.push(`ansi-${name}`);
  if (classes.length + css.length === 0) parent.append(text);
  else {
    parent.append(
      element('span', { class: classes.join(' ') || undefined, style: css.join(';') || undefined }, text),
    );
  }
}

function restyled(before: Style, parameters: string): Style {
  const style = { ...before };
  const codes = parameters.split(/[;:]/).map(Number);
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    const ten = Math.floor(code / 10);
    const name = NAMES[code % 10];
    if (code === 0)
      for (const key of Object.keys(style) as (keyof Style)[]) Reflect.deleteProperty(style, key);
    else if (code === 1) style.bold = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 7) style.inverse = true;
    else if (code === 22) style.bold = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code === 27) style.inverse = false;
    else if (code === 38) style.foreground = extended(codes);
    else if (code === 48) style.background = extended(codes);
    else if (code === 39) style.foreground = undefined;
    else if (code === 49) style.background = undefined;
    else if (name === undefined) continue;
    else if (ten === 3) style.foreground = name;
    else if (ten === 4) style.background = name;
    else if (ten === 9) style.foreground = `${name}-intense`;
    else if (ten === 10) style.background = `${name}-intense`;
  }
  return style;
}

/** `5;n`: one of 256 colours; `2;r;g;b`: a free one. Takes its codes out of the list. */
function extended(codes: number[]): string | undefined {
  if (codes.shift() === 2) return hex(codes.splice(0, 3));
  const number = codes.shift() ?? 0;
  const name = NAMES[number % 8];
  if (number < 16) return number < 8 ? name : `${name ?? ''}-intense`;
  if (number >= 232) return hex(Array<number>(3).fill(8 + (number - 232) * 10));
  const cube = number - 16;
  return hex(
    [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((part) =>
      part === 0 ? 0 : 55 + part * 40,
    ),
  );
}

function hex(parts: readonly number[]): string {
  return `#${parts
    .map((part) =>
      Math.min(255, part || 0)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
