/** Draws what a terminal showed as an SVG that plays it, and holds its last frame where nothing may move. */
import { displayWidth } from '../src/report/display-width.ts';

export interface TerminalFrame {
  /** Lines with SGR sequences (colours, bold, dim), as `tmux capture-pane -e` prints them. */
  readonly lines: readonly string[];
  /** How long it is shown. */
  readonly durationMs: number;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

const COLUMN = 8.4; // of a monospace font of 14 px
const ROW = 20;
const MARGIN = 16;
const ESCAPE = '\u001B';
/** Select Graphic Rendition. */
const STYLE = new RegExp(`${ESCAPE}\\[([\\d;]*)m`);
const COLOURS: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#56d4dd',
};

/** The whole SVG; equal lines are drawn once and used in every frame that shows them. */
export function terminalSvg(frames: readonly TerminalFrame[], { columns, rows }: TerminalSize): string {
  const width = columns * COLUMN + 2 * MARGIN;
  const height = rows * ROW + 2 * MARGIN;
  const drawn = new Map<string, string>();
  const film = frames.map(({ lines }, frame) =>
    lines.map((line, row) => {
      const text = svgLine(line);
      if (text === '') return '';
      const id = drawn.get(text) ?? `l${drawn.size}`;
      drawn.set(text, id);
      return `<use href="#${id}" y="${frame * height + MARGIN + row * ROW}"/>`;
    }),
  );
  const defined = [...drawn].map(([text, id]) => `<text id="${id}" x="${MARGIN}" y="15">${text}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}">`,
    `<style>${style(frames, height)}</style>`,
    `<defs>`,
    ...defined,
    `</defs>`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g class="film">`,
    ...film.map((uses) => uses.join('')),
    `</g>`,
    `</svg>`,
    '',
  ].join('\n');
}

function style(frames: readonly TerminalFrame[], height: number): string {
  const totalMs = frames.reduce((sum, { durationMs }) => sum + durationMs, 0);
  let beforeMs = 0;
  const stops = frames.map(({ durationMs }, index) => {
    const stop = `${round((100 * beforeMs) / totalMs)}%{transform:translateY(-${index * height}px)}`;
    beforeMs += durationMs;
    return stop;
  });
  const last = `translateY(-${(frames.length - 1) * height}px)`;
  return [
    'text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#e6edf3;white-space:pre}',
    '.b{font-weight:bold}.d{fill-opacity:.55}',
    `.film{transform:${last}}`,
    `@media (prefers-reduced-motion:no-preference){.film{animation:play ${totalMs}ms step-end infinite}}`,
    `@keyframes play{${stops.join('')}100%{transform:${last}}}`,
  ].join('\n');
}

/** The line as pieces of SVG text, each in the columns where the terminal had it. */
function svgLine(line: string): string {
  let codes: readonly string[] = [];
  let column = 0;
  const pieces = line.trimEnd().split(STYLE); // text, codes, text, codes, …
  return pieces
    .map((piece, index) => {
      if (index % 2 === 1) {
        codes = nextCodes(codes, piece.split(';'));
        return '';
      }
      const start = column;
      column += displayWidth(piece);
      return piece.trim() === '' ? '' : tspan(piece, { codes, start });
    })
    .join('');
}

function nextCodes(codes: readonly string[], added: readonly string[]): readonly string[] {
  return added.reduce<readonly string[]>((active, code) => {
    if (code === '' || code === '0') return [];
    if (code === '39') return active.filter((each) => COLOURS[each] === undefined);
    if (code === '22') return active.filter((each) => each !== '1' && each !== '2');
    return [...active, code];
  }, codes);
}

function tspan(text: string, { codes, start }: { codes: readonly string[]; start: number }): string {
  const indent = text.length - text.trimStart().length;
  const shown = text.trim();
  const colour = codes.map((code) => COLOURS[code]).findLast((each) => each !== undefined);
  const names = [codes.includes('1') ? 'b' : '', codes.includes('2') ? 'd' : ''].filter(
    (name) => name !== '',
  );
  const attributes = [
    `x="${round(MARGIN + (start + indent) * COLUMN)}"`,
    `textLength="${round(displayWidth(shown) * COLUMN)}"`, // whatever font the reader has
    ...(colour === undefined ? [] : [`fill="${colour}"`]),
    ...(names.length === 0 ? [] : [`class="${names.join(' ')}"`]),
  ];
  return `<tspan ${attributes.join(' ')}>${escaped(shown)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
