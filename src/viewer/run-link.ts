import type { ReportData, ReportRun } from '../report/html-data.ts';
import { runAddress } from './route.ts';

/** Where a run is read: in this file, or in another part of a report that was split, if that can be reached from here. */
export function runLink(data: ReportData, run: ReportRun, cell?: string): string {
  const part = run.page === data.page ? undefined : partAddress(data, run.page, location);
  return (part ?? '') + runAddress(run.name, cell);
}

/**
 * Another part of the report, beside this one: `report-2.html`, or `notebooks-report-2.html` where this is
 * `notebooks-report.html`, as GitHub names what is downloaded. undefined where this file has an address of its own,
 * as an artifact that is opened on GitHub has: signed, and with nothing beside it.
 */
export function partAddress(
  { pages, page }: Pick<ReportData, 'pages' | 'page'>,
  wanted: number,
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
): string | undefined {
  const [own, other] = [pages[page], pages[wanted]].map((name) => encodeURIComponent(name ?? ''));
  const file = pathname.split('/').at(-1) ?? '';
  if (search !== '' || own === undefined || own === '' || other === '' || !file.endsWith(own))
    return undefined;
  return `${file.slice(0, -own.length)}${other ?? ''}`;
}
