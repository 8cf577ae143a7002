import type { RunStatus } from '../model.ts';
import { element } from './element.ts';

export type Tone = 'passed' | 'failed' | 'skipped';

const WORDS: Readonly<Record<RunStatus, readonly [Tone, string]>> = {
  passed: ['passed', 'Passed'],
  failed: ['failed', 'Failed'],
  'timed-out': ['failed', 'Timed out'],
  'kernel-died': ['failed', 'Kernel died'],
  'kernel-start-failed': ['failed', 'Kernel did not start'],
  'invalid-notebook': ['failed', 'Invalid notebook'],
  'infra-error': ['failed', 'Infrastructure error'],
  cancelled: ['failed', 'Cancelled'],
  skipped: ['skipped', 'Skipped'],
};

const SIGNS: Readonly<Record<Tone, string>> = { passed: '✓', failed: '✗', skipped: '–' };

export function toneOf(status: RunStatus): Tone {
  return WORDS[status][0];
}

export function statusText(status: RunStatus): string {
  return WORDS[status][1];
}

/** Sign and word, so that colour is never the only difference. */
export function statusBadge(status: RunStatus): HTMLElement {
  return element(
    'span',
    { class: `status ${toneOf(status)}` },
    statusSign(toneOf(status)),
    statusText(status),
  );
}

export function statusSign(tone: Tone): HTMLElement {
  return element('span', { class: `sign ${tone}`, 'aria-hidden': 'true' }, SIGNS[tone]);
}
