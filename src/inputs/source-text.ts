import type { Place } from '../model.ts';

/** A text and the places in it. */
export interface SourceText {
  readonly file: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** Lines and columns count from 1; a column is a UTF-16 unit, as in editors. */
  readonly placeAt: (offset: number, pointer?: string) => Place;
}

const BYTE_ORDER_MARK = '\uFEFF';

export function sourceText(file: string, text: string): SourceText {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const lineStarts = [0, ...Array.from(content.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)];
  return {
    file,
    text: content,
    placeAt: (offset, pointer) => {
      const line = lastAtOrBelow(lineStarts, offset);
      return { file, line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1, pointer };
    },
  };
}

/** Index of the last of the ascending `starts` that is not above `offset`. */
function lastAtOrBelow(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
