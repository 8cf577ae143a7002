import type { RunResult } from '../model.ts';
import { firstUnits } from './cut-text.ts';

const MAX_MESSAGE_CHARS = 8_000;
const MAX_LINES_AT_AN_END = 200;
const MAX_LINE_CHARS = 1_000;

/**
 * The result with as much of its error as any report shows of it: the beginning of the message, the first and the last
 * lines of the traceback. An exception that shows a table, or a recursion, can have megabytes of either.
 */
export function withShortError(result: RunResult): RunResult {
  const { error } = result;
  if (error === undefined) return result;
  const lines = error.traceback.split('\n');
  const kept =
    lines.length <= MAX_LINES_AT_AN_END * 2
      ? lines
      : [...lines.slice(0, MAX_LINES_AT_AN_END), '…', ...lines.slice(-MAX_LINES_AT_AN_END)];
  return {
    ...result,
    error: {
      ...error,
      evalue: firstUnits(error.evalue, MAX_MESSAGE_CHARS),
      traceback: kept.map((line) => firstUnits(line, MAX_LINE_CHARS)).join('\n'),
    },
  };
}
