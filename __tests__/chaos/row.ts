/** One fault that a user may meet, and what proves what becomes of it. */
export interface Row {
  readonly id: string;
  readonly fault: string;
  /** What a user sees. */
  readonly promise: string;
  /** Tests elsewhere that prove it, or a part of it. Those of this folder name the row's id in front of their title. */
  readonly by?: readonly Proof[];
}

export interface Proof {
  /** Below `__tests__`. */
  readonly file: string;
  /** A part of the test's full name. */
  readonly title: string;
}

export function by(file: string, ...titles: readonly string[]): readonly Proof[] {
  return titles.map((title) => ({ file: `${file}.test.ts`, title }));
}
