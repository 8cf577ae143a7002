import { type AnsiStyle, styleAfter } from './ansi-style.ts';
import { TerminalLine } from './terminal-line.ts';

// Beyond this a line is no longer rewritten but continued, so that an endless line needs no endless memory.
const LONGEST_LIVE_LINE = 64 * 1024;

/**
 * A stream as a terminal shows it: carriage returns and backspaces overwrite the line they are in. Cut the
 * stream into chunks anywhere, the text is the same. Lines that nothing overwrites pass unchanged, escape
 * sequences included. Finished text goes to `commit`; only the last line is held here.
 */
export class TerminalText {
  readonly #commit: (text: string) => void;
  /** The live line as long as nothing has overwritten it. */
  #plain = '';
  /** Where carriage returns and backspaces at the end of the live line have moved the cursor; undefined = nowhere. */
  #moved: { readonly toStart: boolean; readonly back: number } | undefined;
  /** The live line from the first overwriting on. */
  #rewritten: TerminalLine | undefined;
  /** In force where the live line starts. */
  #style: AnsiStyle = '';

  constructor(commit: (text: string) => void) {
    this.#commit = commit;
  }

  /** What the last line shows at the moment. */
  get liveLine(): string {
    return this.#rewritten?.toString() ?? this.#plain;
  }

  write(text: string): void {
    let rest = text;
    if (this.#isPlain() && !/[\r\b]/.test(text)) {
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) {
        this.#plain += text.slice(0, end);
        this.#finishLine('');
      }
      rest = text.slice(end);
    }
    for (;;) {
      const newline = rest.indexOf('\n');
      this.#writeInLine(newline === -1 ? rest : rest.slice(0, newline));
      if (newline === -1) return;
      this.#finishLine('\n');
      rest = rest.slice(newline + 1);
    }
  }

  /** Finishes the live line as it is. */
  end(): void {
    this.#finishLine('');
  }

  #isPlain(): boolean {
    return this.#rewritten === undefined && this.#moved === undefined;
  }

  #finishLine(newline: string): void {
    const line = this.liveLine;
    this.#style = this.#rewritten?.style ?? styleAfter(this.#style, line);
    this.#plain = '';
    this.#moved = undefined;
    this.#rewritten = undefined;
    this.#commit(line + newline);
  }

  #writeInLine(text: string): void {
    let rest = text;
    while (rest !== '') {
      if (this.#rewritten) {
        this.#rewrite(this.#rewritten, rest);
        return;
      }
      const moves = /^[\r\b]*/.exec(rest)?.[0] ?? '';
      if (moves !== '') {
        this.#move(moves);
        rest = rest.slice(moves.length);
      } else if (this.#moved) {
        this.#rewritten = this.#startRewriting(this.#moved);
      } else {
        const end = rest.search(/[\r\b]/);
        this.#append(end === -1 ? rest : rest.slice(0, end));
        rest = end === -1 ? '' : rest.slice(end);
      }
    }
  }

  #move(moves: string): void {
    const toStart = this.#moved?.toStart === true || moves.includes('\r');
    this.#moved = { toStart, back: toStart ? 0 : (this.#moved?.back ?? 0) + moves.length };
  }

  #append(text: string): void {
    let rest = text;
    for (let room = LONGEST_LIVE_LINE - this.#plain.length; rest.length >= room; room = LONGEST_LIVE_LINE) {
      this.#plain += rest.slice(0, room);
      rest = rest.slice(room);
      this.#finishLine('');
    }
    this.#plain += rest;
  }

  #startRewriting({ toStart, back }: { readonly toStart: boolean; readonly back: number }): TerminalLine {
    const line = new TerminalLine(this.#style);
    line.write(this.#plain);
    if (toStart) line.write('\r');
    else line.back(back);
    return line;
  }

  /** By pieces, so that a line that never ends is continued at the same place however it was cut. */
  #rewrite(line: TerminalLine, text: string): void {
    let current = line;
    for (let start = 0; start < text.length;) {
      const end = start + Math.max(1, LONGEST_LIVE_LINE - current.length);
      current.write(text.slice(start, end));
      start = end;
      if (current.length < LONGEST_LIVE_LINE) continue;
      this.#finishLine('');
      current = this.#rewritten = new TerminalLine(this.#style);
    }
  }
}
