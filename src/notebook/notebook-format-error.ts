/** The file is not a notebook that we read. The message says what is wrong with it and what to do. */
export class NotebookFormatError extends Error {
  override readonly name = 'NotebookFormatError';
  /** From 1; undefined when no single place is to blame. */
  readonly place: { readonly line: number; readonly column: number } | undefined;

  constructor(message: string, options?: ErrorOptions & { place?: NotebookFormatError['place'] }) {
    super(message, options);
    this.place = options?.place;
  }
}
