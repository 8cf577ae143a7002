import { SUMMARY_LADDER } from './detail.ts';
import { fit } from './fit.ts';
import type { BatchDigest, Links } from './publication.ts';
import { reportText } from './report-text.ts';

export interface SummaryOptions {
  readonly digest: BatchDigest;
  readonly links: Links;
  readonly title?: string | undefined;
  /** Secrets hidden in what was published; 0 or undefined = nothing is said. */
  readonly hidden?: number | undefined;
}

/** GitHub drops a summary of more than 1 MiB, and sometimes one that comes close: https://github.com/actions/runner/issues/4337 */
const LIMIT_BYTES = 0.88 * 1024 * 1024;

/** The job summary, at most 0.88 MiB (bytes of UTF-8) long: the report with more room than a comment has. */
export function summaryBody(options: SummaryOptions): string {
  return fit(
    SUMMARY_LADDER.map((detail) => () => reportText(options, detail)),
    { limit: LIMIT_BYTES, size: (text) => Buffer.byteLength(text) },
  );
}
