import { type AnsiStyle, restyle, transition } from './ansi-style.ts';

/** An escape sequence: its parameters and last letter when it is a CSI sequence. */
// eslint-disable-next-line no-control-regex -- escape sequences are control characters
const ESCAPE = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^[\]])/y;
/** What may become one when more text comes. */
// eslint-disable-next-line no-control-regex -- escape sequences are control characters
const BEGUN_ESCAPE = /^\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$/;
// Longer ones are no sequences but noise.
const LONGEST_ESCAPE = 4096;
/** How far right a kernel may move the cursor beyond the text. */
const WIDEST = 10_000;

/**
 * One line as a terminal shows it, written over by carriage returns, backspaces and the commands that progress bars use
 * (erase in line, cursor left, right and to a column). Every character remembers its style, so that what is left of an
 * overwritten line keeps its colours.
 */
export class TerminalLine {
  readonly #chars: string[] = [];
  readonly #styles: AnsiStyle[] = [];
  readonly #styleBefore: AnsiStyle;
  #style: AnsiStyle;
  #cursor = 0;
  /** The beginning of an escape sequence or a character whose rest has yet to come. */
  #partial = '';

  /** `style`: the one in force where the line starts. */
  constructor(style: AnsiStyle) {
    this.#styleBefore = style;
    this.#style = style;
  }

  get length(): number {
    return this.#chars.length;
  }

  /** The style in force at the cursor. */
  get style(): AnsiStyle {
    return this.#style;
  }

  /** Moves the cursor left as backspaces do. */
  back(columns: number): void {
    this.#cursor = Math.max(0, this.#cursor - columns);
  }

  /** Writes text without newlines; the text may be cut anywhere. */
  write(text: string): void {
    const input = this.#partial + text;
    this.#partial = '';
    for (let at = 0; at < input.length;) {
      const char = String.fromCodePoint(input.codePointAt(at) ?? 0);
      if (char === '\r') this.#cursor = 0;
      else if (char === '\b') this.back(1);
      else if (char === '\x1b') {
        ESCAPE.lastIndex = at;
        const sequence = ESCAPE.exec(input);
        if (sequence) {
          this.#obey(sequence[2], sequence[1] ?? '');
          at = ESCAPE.lastIndex;
          continue;
        }
        if (input.length - at < LONGEST_ESCAPE && BEGUN_ESCAPE.test(input.slice(at))) {
          this.#partial = input.slice(at);
          return;
        }
      } else if (at + 1 === input.length && isHighSurrogate(char)) {
        this.#partial = char;
        return;
      } else this.#put(char);
      at += char.length;
    }
  }

  /** What the line shows, with the escape sequences its colours need. */
  toString(): string {
    let text = '';
    let style = this.#styleBefore;
    for (const [column, char] of this.#chars.entries()) {
      const own = this.#styles[column] ?? '';
      text += transition(style, own) + char;
      style = own;
    }
    return text + transition(style, this.#style);
  }

  #put(char: string): void {
    while (this.#chars.length < this.#cursor) {
      this.#chars.push(' ');
      this.#styles.push('');
    }
    this.#chars[this.#cursor] = char;
    this.#styles[this.#cursor] = this.#style;
    this.#cursor++;
  }

  #obey(command: string | undefined, parameters: string): void {
    const count = Math.max(1, Number.parseInt(parameters, 10) || 1);
    if (command === 'm' && /^[\d;:]*$/.test(parameters)) this.#style = restyle(this.#style, parameters);
    else if (command === 'K') this.#erase(parameters);
    else if (command === 'C') this.#cursor = Math.min(this.#cursor + count, Math.max(this.#cursor, WIDEST));
    else if (command === 'D') this.back(count);
    else if (command === 'G') this.#cursor = Math.min(count - 1, WIDEST);
  }

  #erase(which: string): void {
    const from = which === '2' ? 0 : this.#cursor;
    if (which === '1' || from >= this.#chars.length) return;
    this.#chars.length = from;
    this.#styles.length = from;
  }
}

function isHighSurrogate(char: string): boolean {
  return char >= '\ud800' && char <= '\udbff';
}
