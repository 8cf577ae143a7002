/** A cell by its execution count, or the one that failed. */
export type ReportCell = number | 'failed';

/** What stands behind the address of a report to open it at a run, or at one of its cells: the viewer's routes. */
export function reportAddress(runName: string, cell?: ReportCell): string {
  const fields = { run: runName, ...(cell === undefined ? {} : { cell: String(cell) }) };
  return `#${new URLSearchParams(fields).toString()}`;
}
