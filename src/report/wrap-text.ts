import { cutToWidth, displayWidth } from './display-width.ts';

export interface WrapLimits {
  readonly columns: number;
  readonly maxLines: number;
  readonly ellipsis: string;
}

/** Inert text as lines of so many columns, broken between words; the last line of too long a text is cut. */
export function wrapText(text: string, { columns, maxLines, ellipsis }: WrapLimits): string[] {
  const words = text.split(' ');
  const lines: string[] = [];
  while (words.length > 0) {
    if (lines.length === maxLines - 1) return [...lines, cutToWidth(words.join(' '), columns, ellipsis)];
    let line = words.shift() ?? '';
    for (
      let word = words[0];
      word !== undefined && displayWidth(`${line} ${word}`) <= columns;
      word = words[0]
    ) {
      line += ` ${word}`;
      words.shift();
    }
    if (displayWidth(line) > columns) {
      const head = cutToWidth(line, columns, '');
      // A character wider than the line has to go somewhere.
      const kept = head === '' ? line : head;
      words.unshift(...(kept === line ? [] : [line.slice(kept.length)]));
      line = kept;
    }
    lines.push(line);
  }
  return lines;
}
