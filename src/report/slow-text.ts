import { formatDuration } from './format-duration.ts';
import { codeSpan } from './inert-markdown.ts';
import type { RunDigest } from './publication.ts';

const SHOWN = 3;
const FEW = 4;
/** Nobody minds less. */
const SLOW_MS = 10_000;

/** `Slowest: …` with the cell that took most of it, when there are enough runs to compare; else nothing. */
export function slowText(runs: readonly RunDigest[]): string[] {
  const executed = runs.filter(({ result }) => result.attempts > 0);
  const slowest = executed.toSorted((a, b) => b.result.durationMs - a.result.durationMs).slice(0, SHOWN);
  if (executed.length < FEW || (slowest[0]?.result.durationMs ?? 0) < SLOW_MS) return [];
  return [`Slowest: ${slowest.map(oneText).join(' · ')}`];
}

function oneText({ result, slowestCell }: RunDigest): string {
  const took = `${codeSpan(result.run.name, 60)} ${formatDuration(result.durationMs)}`;
  if (slowestCell === undefined || slowestCell.durationMs < result.durationMs / 2) return took;
  const { executionCount, durationMs } = slowestCell;
  return `${took} (${formatDuration(durationMs)} of it in cell In \\[${executionCount}\\])`;
}
