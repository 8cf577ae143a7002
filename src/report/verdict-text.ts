import type { BatchResult } from '../model.ts';
import { formatDuration } from './format-duration.ts';
import { totals } from './verdict.ts';

/** What became of a batch, in a line: `2 of 12 runs failed · 10 passed · 1 min 05 s`. */
export function verdictText(batch: BatchResult): string {
  const { total, passed, failed, skipped } = totals(batch);
  const counts =
    failed > 0
      ? [`${failed} of ${counted(total, 'run')} failed`, ...some(passed, 'passed')]
      : [passed === total && total > 1 ? `All ${total} runs passed` : `${counted(passed, 'run')} passed`];
  return [...counts, ...some(skipped, 'skipped'), formatDuration(batch.durationMs)].join(' · ');
}

export function verdictSign(batch: BatchResult): string {
  const { failed, passed } = totals(batch);
  if (failed > 0) return '❌';
  return passed > 0 ? '✅' : '➖';
}

/** `1 run`, `2 runs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}
