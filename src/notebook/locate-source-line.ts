import { type JSONPath, visit } from 'jsonc-parser';

/**
 * The line of the .ipynb file, from 1, in which a line of a cell's source stands. `cellIndex` counts from 0, `sourceLine`
 * from 1. Undefined when there is no such line.
 */
export function locateSourceLine(text: string, cellIndex: number, sourceLine: number): number | undefined {
  let found: number | undefined;
  // The line of the source in which the next piece of its text starts.
  let next = 1;
  const take = (piece: unknown, line: number) => {
    if (typeof piece !== 'string' || piece === '' || found !== undefined) return;
    const ends = piece.split('\n').length - 1;
    // A piece that ends with a newline holds no part of the line after it.
    const last = piece.endsWith('\n') ? next + ends - 1 : next + ends;
    if (sourceLine >= next && sourceLine <= last) found = line + 1;
    next += ends;
  };

  const wanted = ['cells', cellIndex, 'source'];
  const leadsThere = (path: JSONPath) => path.slice(0, 3).every((step, depth) => step === wanted[depth]);
  try {
    visit(text.replace(/^\ufeff/, ' '), {
      onObjectBegin: (_offset, _length, _line, _column, path) => found === undefined && leadsThere(path()),
      onArrayBegin: (_offset, _length, _line, _column, path) => found === undefined && leadsThere(path()),
      // Without these the visitor never comes back from what it was told to skip.
      onObjectEnd: () => undefined,
      onArrayEnd: () => undefined,
      onLiteralValue: (value, _offset, _length, line, _column, path) => {
        const place = path();
        if (place.length >= 3 && leadsThere(place)) take(value, line);
      },
    });
  } catch {
    return undefined; // nested too deeply for the visitor
  }
  return found;
}
