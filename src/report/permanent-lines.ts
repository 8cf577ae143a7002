import type { BatchEvent, RunResult } from '../model.ts';
import { outputRemark, reasonText } from './failure-text.ts';
import { formatDuration } from './format-duration.ts';
import { inertText } from './inert-text.ts';
import { COUNT_TONES, STATUS_WORDS, statusSign } from './status-words.ts';
import { styledLine } from './styled-line.ts';
import type { LineStyle, Span } from './styled-line.ts';

/** What an event leaves above the live region for good. Most leave nothing. */
export function permanentLines(event: BatchEvent, style: LineStyle): string[] {
  switch (event.kind) {
    case 'run-finished':
      return [styledLine(finishedSpans(event.result, style), style)];
    case 'notice': {
      const tone = event.level === 'warning' ? 'warning' : 'quiet';
      const about = event.run === undefined ? '' : `${inertText(event.run.name)}: `;
      const sign = event.level === 'warning' ? '!' : style.unicode ? '·' : '-';
      return [
        styledLine(
          [
            { text: `${sign} `, tone },
            { text: about + inertText(event.text), tone },
          ],
          style,
        ),
      ];
    }
    case 'batch-started':
    case 'run-started':
    case 'cell-started':
    case 'batch-finished':
      return [];
  }
}

function finishedSpans(result: RunResult, style: LineStyle): Span[] {
  const words = STATUS_WORDS[result.status];
  const tone = COUNT_TONES[words.counts];
  const duration = result.attempts === 0 ? '' : formatDuration(result.durationMs);
  const remarks = [
    result.attempts > 1 ? `after ${result.attempts} attempts` : undefined,
    outputRemark(result),
  ].filter((remark) => remark !== undefined);
  return [
    { text: `${statusSign(result.status, style.unicode)} ${words.short.padEnd(9)}`, tone },
    { text: `${duration.padStart(12)}  `, tone: 'quiet' },
    { text: inertText(result.run.name) },
    { text: prefixed(remarks.join(', ')), tone: 'warning' },
    { text: prefixed(reasonText(result)), tone: words.counts === 'failed' ? tone : 'quiet' },
  ];
}

function prefixed(text: string): string {
  return text === '' ? '' : `  ${text}`;
}
