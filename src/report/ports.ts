/** What showing progress needs from the world. */

/** Where progress is shown. Disposing it gives the cursor back. */
export interface Terminal extends Disposable {
  size(): { readonly columns: number; readonly rows: number };
  /** Draws a frame over the one before, in one piece. */
  draw(frame: Frame): void;
  /** Writes lines where nothing is ever drawn over. */
  write(lines: readonly string[]): void;
}

export interface Frame {
  /** Lines that stay, above the region. */
  readonly above: readonly string[];
  /** The lines at the lower end of the screen that the next frame replaces. */
  readonly region: readonly string[];
  /** Rows that the region before takes since the terminal has another width; undefined when it has not. */
  readonly reflowedRows: number | undefined;
}

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  date(): Date;
  /** Calls back once after the delay; returns a function that takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}
