// Everything that Python's str.splitlines takes for an end of line.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** The lines of a text with their ends, as Python's `splitlines(True)` gives them; none for the empty text. */
export function* splitLines(text: string): Generator<string, void> {
  const lineEnd = new RegExp(LINE_END);
  let start = 0;
  while (lineEnd.exec(text) !== null) {
    yield text.slice(start, lineEnd.lastIndex);
    start = lineEnd.lastIndex;
  }
  if (start < text.length) yield text.slice(start);
}
