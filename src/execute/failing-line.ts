/** How tracebacks name a line of a cell: those of IPython, newest format first, and R's of a mistake in the syntax. */
const FORMATS: readonly ((count: number) => RegExp)[] = [
  (count) => new RegExp(`Cell In\\[${count}\\], line (\\d+)`),
  (count) => new RegExp(`Input In \\[${count}\\], in .*?line (\\d+)`),
  () => /^-+> (\d+) /m,
  () => /File .*<ipython-input-\d+-[^>]*>.*, line (\d+)/,
  () => /<text>:(\d+):\d+: unexpected/,
];

/** IRkernel begins its traceback with the call in the cell, but not with its line. */
const FIRST_CALL_OF_R = /^Traceback:\n+1\. (.+)$/m;

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
  const lines = source.split('\n').flatMap((line, at) => (plain(line).includes(plain(code)) ? [at + 1] : []));
  return lines.length === 1 ? lines[0] : undefined;
}
