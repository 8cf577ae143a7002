import type { Problem } from '../errors.ts';

/** By line and column, those without a place first; a mistake that was met twice (in `defaults`) is told once. */
export function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  const distinct = new Map(problems.map((problem) => [identity(problem), problem]));
  return [...distinct.values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

function identity({ file, line, column, pointer, message }: Problem): string {
  return JSON.stringify([file, line, column, pointer, message]);
}
