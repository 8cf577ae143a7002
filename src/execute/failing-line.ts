/**
 * How tracebacks name a line of a cell: those of IPython, newest format first, and R's of a mistake in the syntax. What
 * an error says is the notebook's: no expression may take longer than the text is long.
 */
const FORMATS: readonly ((count: number) => RegExp)[] = [
  (count) => new RegExp(`Cell In\\[${count}\\], line (\\d+)`),
  (count) => new RegExp(`Input In \\[${count}\\], in .{0,200}?line (\\d+)`),
  () => /^-+> (\d+) /m,
  () => /^[ \t]*File .{0,20}?<ipython-input-\d{1,9}-[^>\n]{0,50}>.{0,20}?, line (\d+)/m,
  () => /<text>:(\d+):\d+: unexpected/,
];

/** IRkernel begins its traceback with the call in the cell, but not with its line. */
const FIRST_CALL_OF_R = /^Traceback:\n{1,3}1\. (.{1,1000})$/m;

/**
 * The line of the cell, from 1, that a plain-text traceback blames; 1 when it names none (another language, or
 * an error without a place).
 */
export function failingLine(
  traceback: string,
  cell: { readonly executionCount: number | undefined; readonly source: string },
): number {
  for (const format of FORMATS) {
    const line = format(cell.executionCount ?? 0).exec(traceback)?.[1];
    if (line !== undefined) return Number(line);
  }
  const call = FIRST_CALL_OF_R.exec(traceback)?.[1];
  return (call === undefined ? undefined : onlyLineWith(call, cell.source)) ?? 1;
}

/** Without regard to spaces, which R sets as it likes. */
function onlyLineWith(code: string, source: string): number | undefined {
  const plain = (text: string): string => text.replaceAll(/\s/g, '');
  const sought = plain(code);
  const lines = source.split('\n').flatMap((line, at) => (plain(line).includes(sought) ? [at + 1] : []));
  return lines.length === 1 ? lines[0] : undefined;
}
