/** What the address after `#` asks for. Addresses are written in comments and annotations: keep old ones working. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'run'; readonly name: string; readonly cell: string | undefined }
  | { readonly view: 'compare'; readonly names: readonly string[]; readonly sweep: string | undefined };

/** Reads `#run=bank&cell=4`, `#compare=a&compare=b` and `#sweep=train.ipynb`; anything else is the overview. */
export function parseRoute(hash: string): Route {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const name = fields.get('run');
  if (name !== null) return { view: 'run', name, cell: fields.get('cell') ?? undefined };
  const names = fields.getAll('compare');
  const sweep = fields.get('sweep') ?? undefined;
  if (names.length > 0 || sweep !== undefined) return { view: 'compare', names, sweep };
  return { view: 'overview' };
}

/** Address of a run, or of one of its cells: a number is an execution count, `failed` the failing cell, else a cell's id. */
export function runAddress(name: string, cell?: string): string {
  const fields = new URLSearchParams({ run: name, ...(cell === undefined ? {} : { cell }) });
  return `#${fields.toString()}`;
}

export function compareAddress(names: readonly string[]): string {
  return `#${new URLSearchParams(names.map((name) => ['compare', name])).toString()}`;
}

export function sweepAddress(sweep: string): string {
  return `#${new URLSearchParams({ sweep }).toString()}`;
}
