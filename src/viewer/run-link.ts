import type { ReportData, ReportRun } from '../report/html-data.ts';
import { runAddress } from './route.ts';

/** Where a run is read: in this file, or in another part of a report that was split. */
export function runLink(data: ReportData, run: ReportRun, cell?: string): string {
  const page = run.page === data.page ? '' : encodeURI(data.pages[run.page] ?? '');
  return page + runAddress(run.name, cell);
}
