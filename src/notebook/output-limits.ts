/** How much of what a kernel says is kept, in bytes of UTF-8; undefined or 0 = everything. */
export interface OutputLimits {
  /** Of all streams of one cell: this much from their beginning, then a tail of each. */
  readonly streamBytes?: number | undefined;
  /** Of one display, result or error. */
  readonly outputBytes?: number | undefined;
  /** Of all outputs and widgets of a notebook. */
  readonly notebookBytes?: number | undefined;
}

/** What is kept of the end of each stream that was cut. */
export const TAIL_BYTES = 64 * 1024;

/** Bytes that may still be kept; taken from a wider allowance too, when there is one. */
export class ByteAllowance {
  #left: number;
  readonly #wider: ByteAllowance | undefined;

  constructor(bytes: number | undefined, wider?: ByteAllowance) {
    this.#left = bytes === undefined || bytes === 0 ? Infinity : bytes;
    this.#wider = wider;
  }

  /** Takes as much of what is wanted as there is, and says how much that was. */
  take(wanted: number): number {
    const here = Math.min(wanted, this.#left);
    const granted = this.#wider ? this.#wider.take(here) : here;
    this.#left -= granted;
    return granted;
  }

  get isEmpty(): boolean {
    return this.#left <= 0 || this.#wider?.isEmpty === true;
  }

  /** Takes all or nothing. */
  takeWhole(wanted: number): boolean {
    const granted = this.take(wanted);
    if (granted === wanted) return true;
    this.giveBack(granted);
    return false;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
    this.#wider?.giveBack(bytes);
  }
}

/** `12.3 MB`, for people. */
export function sizeText(bytes: number): string {
  const [unit, size] = UNITS.find(([, size]) => bytes >= size) ?? ['bytes', 1];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
];
