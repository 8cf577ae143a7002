import type { BatchResult, RunStatus } from '../model.ts';
import { STATUS_WORDS } from './status-words.ts';

export interface Totals {
  readonly total: number;
  readonly passed: number;
  /** Every run that neither passed nor was skipped. */
  readonly failed: number;
  readonly skipped: number;
}

export function totals(batch: BatchResult): Totals {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of batch.results) count[STATUS_WORDS[status].counts] += 1;
  return { total: batch.results.length, ...count };
}

/** Ways to end that are about the run itself, whatever became of the machinery around it. */
const OF_THE_RUN: readonly RunStatus[] = [
  'failed',
  'timed-out',
  'kernel-died',
  'kernel-start-failed',
  'invalid-notebook',
];

/**
 * The exit status of a batch that was executed.
 *
 * 130 or 143 after a signal; 1 when a run did not pass by its own doing; 3 when only infrastructure is to blame
 * (runs cancelled in its wake included, and results.json that could not be written); 1 for runs cancelled otherwise (a batch deadline); 0 when all passed or
 * were skipped. Mistakes in the request (2) end the program before there is a batch, publishing (4) comes after.
 */
export function exitStatus(
  batch: BatchResult,
  options?: { readonly interrupted?: 'SIGINT' | 'SIGTERM' | undefined; readonly unwritten?: boolean },
): 0 | 1 | 3 | 130 | 143 {
  if (options?.interrupted !== undefined) return options.interrupted === 'SIGINT' ? 130 : 143;
  const statuses = new Set(batch.results.map(({ status }) => status));
  if (OF_THE_RUN.some((status) => statuses.has(status))) return 1;
  if (statuses.has('infra-error') || options?.unwritten === true) return 3;
  return statuses.has('cancelled') ? 1 : 0;
}
