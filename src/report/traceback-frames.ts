import type { RunError } from '../model.ts';

/** The line of the cell that was being executed, from 1 within the cell. */
export interface FailingSource {
  readonly line: number;
  readonly source: string;
}

/** IPython points at the line with an arrow: `----> 3 ratio = total / count`. */
const ARROW = /^-+> (\d+) ?(.*)$/;

/** The failing source line, where the traceback shows it: IPython names the cell's own frame first. */
export function failingSource({ traceback }: RunError): FailingSource | undefined {
  for (const line of traceback.split('\n')) {
    const [, number, source] = ARROW.exec(line.trimEnd()) ?? [];
    if (number !== undefined && source !== undefined) return { line: Number(number), source: source.trim() };
  }
  return undefined;
}

/**
 * The last lines of a traceback that say more than the error and its line in the cell: the innermost frame when
 * the error arose in a function, everything when there are no arrows (other languages, no traceback of Python).
 */
export function tracebackTail(error: RunError, maxLines: number): string[] {
  const lines = error.traceback.split('\n').map((line) => line.trimEnd());
  const arrows = lines.filter((line) => ARROW.test(line));
  if (arrows.length === 1) return [];

  const told = [error.ename, ...error.evalue.split('\n')].map((line) => line.trim()).filter(Boolean);
  while (lines.length > 0 && isTold(lines.at(-1) ?? '', told)) lines.pop();
  const lastFrame = arrows.length > 1 ? lines.findLastIndex((line) => line === '') + 1 : 0;
  return lines.slice(Math.max(lastFrame, lines.length - maxLines, 0)).filter((line) => line !== '');
}

/** Blank, a rule, or a line that repeats name and message of the error. */
function isTold(line: string, told: readonly string[]): boolean {
  const text = line.trim();
  return /^-*$/.test(text) || told.some((part) => text === part || text.startsWith(`${part}:`));
}
