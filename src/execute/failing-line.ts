/** How IPython's tracebacks name a line of a cell, newest format first. */
const FORMATS: readonly ((count: number) => RegExp)[] = [
  (count) => new RegExp(`Cell In\\[${count}\\], line (\\d+)`),
  (count) => new RegExp(`Input In \\[${count}\\], in .*?line (\\d+)`),
  () => /^-+> (\d+) /m,
  () => /File .*<ipython-input-\d+-[^>]*>.*, line (\d+)/,
];

/**
 * The line of the cell, from 1, that a plain-text traceback blames; 1 when it names none (another language, or
 * an error without a place).
 */
export function failingLine(traceback: string, executionCount: number | undefined): number {
  for (const format of FORMATS) {
    const line = format(executionCount ?? 0).exec(traceback)?.[1];
    if (line !== undefined) return Number(line);
  }
  return 1;
}
