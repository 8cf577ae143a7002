import type { Problem } from '../errors.ts';
import { inFileOrder } from './in-file-order.ts';

/**
 * The problems as a block of text without a final newline, grouped by file in order of first mention:
 *
 *     configs.json has 2 problems:
 *       3:17  /config_bank/notebook  "explorr.ipynb" does not exist. Did you mean "explorer.ipynb"?
 *       9:24  /sweep/run/cell_timeout  expected seconds above 0, got "5 min". Write 300 or "5m".
 *     option --retries: expected a whole number from 0, got "two". Write for instance 2.
 */
export function formatProblems(problems: readonly Problem[]): string {
  const groups = Map.groupBy(problems, (problem) => problem.file);
  return Array.from(groups, ([file, group]) => formatGroup(file, inFileOrder(group))).join('\n');
}

function formatGroup(file: string, problems: readonly Problem[]): string {
  const [only, ...others] = problems;
  if (only !== undefined && others.length === 0 && label(only) === '')
    return `${file}: ${indented(only.message)}`;
  const width = problems.reduce((widest, problem) => Math.max(widest, position(problem).length), 0);
  const lines = problems.map((problem) => {
    const columns = [position(problem).padEnd(width), problem.pointer ?? '', indented(problem.message)];
    return `  ${columns.filter((column) => column !== '').join('  ')}`;
  });
  return [`${file} has ${problems.length} problem${problems.length === 1 ? '' : 's'}:`, ...lines].join('\n');
}

function label(problem: Problem): string {
  return position(problem) + (problem.pointer ?? '');
}

function position({ line, column }: Problem): string {
  if (line === undefined) return '';
  return column === undefined ? String(line) : `${line}:${column}`;
}

/** A message of several lines stays inside its item. */
function indented(message: string): string {
  return message.replaceAll('\n', '\n    ');
}
