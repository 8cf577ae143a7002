/** An answer of GitHub's API, as far as its limits on the rate of requests are concerned. */
export interface LimitedAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly message: string;
}

/** GitHub asks for at least a minute where it names no time. */
const UNTOLD_MS = 60_000;

/**
 * How long GitHub asks to wait; undefined when the answer is not about the rate of requests.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function retryAfterMs({ status, headers, message }: LimitedAnswer, date: Date): number | undefined {
  if (status !== 403 && status !== 429 && status !== 503) return undefined;
  const seconds = numberOf(headers['retry-after']);
  if (seconds !== undefined) return seconds * 1_000;
  const reset = numberOf(headers['x-ratelimit-reset']);
  if (status !== 503 && numberOf(headers['x-ratelimit-remaining']) === 0 && reset !== undefined) {
    return Math.max(0, reset * 1_000 - date.getTime());
  }
  return status !== 503 && /rate limit|abuse detection/i.test(message) ? UNTOLD_MS : undefined;
}

function numberOf(header: string | number | undefined): number | undefined {
  const number = Number(header ?? NaN);
  return Number.isFinite(number) ? number : undefined;
}
