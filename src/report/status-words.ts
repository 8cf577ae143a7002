import type { RunStatus } from '../model.ts';
import type { Tone } from './styled-line.ts';

export interface StatusWords {
  /** What the status counts as in totals. */
  readonly counts: 'passed' | 'failed' | 'skipped';
  /** At most nine letters, for columns. */
  readonly short: string;
  /** After "name: ". */
  readonly long: string;
}

export const STATUS_WORDS: Readonly<Record<RunStatus, StatusWords>> = {
  passed: { counts: 'passed', short: 'passed', long: 'passed' },
  failed: { counts: 'failed', short: 'failed', long: 'failed' },
  'timed-out': { counts: 'failed', short: 'timed out', long: 'timed out' },
  'kernel-died': { counts: 'failed', short: 'died', long: 'kernel died' },
  'kernel-start-failed': { counts: 'failed', short: 'no kernel', long: 'kernel did not start' },
  'invalid-notebook': { counts: 'failed', short: 'invalid', long: 'invalid notebook' },
  'infra-error': { counts: 'failed', short: 'error', long: 'infrastructure error' },
  cancelled: { counts: 'failed', short: 'cancelled', long: 'cancelled' },
  skipped: { counts: 'skipped', short: 'skipped', long: 'skipped' },
};

export const COUNT_TONES = { passed: 'good', failed: 'bad', skipped: 'quiet' } as const satisfies Record<
  string,
  Tone
>;

/** The sign in front of a run: ✓, ✗ or –, in ASCII where a terminal shows no other. */
export function statusSign(status: RunStatus, unicode: boolean): string {
  const signs = unicode
    ? { passed: '✓', failed: '✗', skipped: '–' }
    : { passed: '+', failed: 'x', skipped: '-' };
  return signs[STATUS_WORDS[status].counts];
}
