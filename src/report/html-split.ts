import type { ReportPart } from './html-report.ts';

/**
 * Notebooks of one file, in bytes as they lie on disk; stored they take up to nine tenths of that. Browsers bear more, up to
 * 500 MB, the longest text that Chromium holds, but on a busy machine a tab with 190 MB was seen to end.
 */
export const MAX_PAGE_BYTES = 100_000_000;

/**
 * The files over which a report is spread: one, as long as its notebooks fit. Each part has the whole overview, and
 * the notebooks of consecutive runs; `report.html`, `report-2.html` and so on.
 */
export function splitReport(
  sizes: readonly number[],
  name: string,
  maxBytes: number = MAX_PAGE_BYTES,
): readonly ReportPart[] {
  let page = 0;
  let filled = 0;
  const pageOf = sizes.map((size) => {
    if (filled > 0 && filled + size > maxBytes) {
      page += 1;
      filled = 0;
    }
    filled += size;
    return page;
  });
  const pages = Array.from({ length: page + 1 }, (_, index) =>
    index === 0 ? name : numbered(name, index + 1),
  );
  return pages.map((_, index) => ({ pages, pageOf, page: index }));
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}
