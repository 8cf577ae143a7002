/** Each rung says less than the one before. `size` measures what the limit is about. */
export interface FitOptions {
  readonly limit: number;
  readonly size: (text: string) => number;
}

/** The first rendering of a ladder that keeps the limit. The last one must, whatever it is about. */
export function fit(ladder: readonly (() => string)[], { limit, size }: FitOptions): string {
  for (const render of ladder) {
    const text = render();
    if (size(text) <= limit) return text;
  }
  throw new Error(`The smallest rendering is larger than ${limit}.`);
}
