import { parseJson } from '../notebook/json.ts';
import type { Json } from '../notebook/types.ts';
import { base85 } from './html-base85.ts';
import { cellSpans } from './html-cell-spans.ts';
import type { ReportData, ReportLink, ReportRun } from './html-data.ts';
import { escapeHtml, scriptJson } from './html-escape.ts';
import { noscriptOverview, verdict } from './html-noscript.ts';
import { ImageStore, packNotebook } from './html-pack-notebook.ts';
import type { ReadResults } from './html-read-results.ts';

/** A finished batch, and its executed notebooks, which are asked for one at a time. Secrets are hidden already. */
export interface HtmlSource {
  readonly results: ReadResults;
  /** Shown in the head of the page. */
  readonly links?: readonly ReportLink[];
  /** Text of the executed notebook of `results.runs[index]`; undefined when there is none. Must not throw. */
  notebook(index: number): Promise<string | undefined>;
  /** Raw deflate (RFC 1951), which browsers know as `deflate-raw`. */
  deflate(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Which runs this file holds the notebooks of, when a report is split. */
export interface ReportPart {
  /** File names of all parts. */
  readonly pages: readonly string[];
  /** Position in `pages` of the part that holds each run's notebook. */
  readonly pageOf: readonly number[];
  readonly page: number;
}

const UNSPLIT = { pages: ['report.html'], pageOf: [], page: 0 };

/**
 * The text of report.html, in pieces. `viewer` is the built viewer (`dist/viewer/report.html`), which says where the
 * title, the page without script and the data go.
 *
 * Every notebook is stored compressed, every image once; both in base 85, so that nothing a notebook wrote can be
 * read as HTML. The same batch gives the same bytes.
 */
export async function* htmlReport(
  source: HtmlSource,
  viewer: string,
  part: ReportPart = UNSPLIT,
): AsyncGenerator<string> {
  const { results } = source;
  const [head = '', beforeNoscript = '', beforeIndex = '', beforeNotebooks = '', tail = ''] =
    viewer.split(/<!--report:\w+-->/);
  yield head + escapeHtml(verdict(results.runs));
  yield beforeNoscript + noscriptOverview(results);
  const data: ReportData = {
    version: 1,
    startedAt: results.startedAt,
    durationMs: results.durationMs,
    commit: results.commit,
    links: source.links ?? [],
    runs: await indexedRuns(source, part),
    pages: part.pages,
    page: part.page,
  };
  yield `${beforeIndex}<script type="application/json" id="report">${scriptJson(data)}</script>\n`;
  yield beforeNotebooks;
  const images = new ImageStore();
  for (const { stored } of data.runs) {
    const text = stored === null ? undefined : await source.notebook(stored);
    if (stored === null || text === undefined) continue;
    const packed = packNotebook(text, images);
    for (const { number, type, bytes } of packed.newImages) {
      yield block(`image-${number}`, type, bytes);
    }
    yield block(`notebook-${stored}`, 'application/x-ipynb', await source.deflate(Buffer.from(packed.text)));
  }
  yield tail;
}

/**
 * What the table shows of the notebooks. They are read twice, so that it can stand before them: a browser shows the table
 * while the rest of the file comes in.
 */
async function indexedRuns(source: HtmlSource, part: ReportPart): Promise<ReportRun[]> {
  const { results } = source;
  const images = new ImageStore();
  const runs: ReportRun[] = [];
  for (const [index, run] of results.runs.entries()) {
    const page = part.pageOf[index] ?? 0;
    const text = page === part.page ? await source.notebook(index) : undefined;
    if (text === undefined) {
      runs.push({ ...run, page, stored: null, thumbnail: null, spans: [] });
      continue;
    }
    const { text: packed, lastImage } = packNotebook(text, images);
    const spans = cellSpans(parsed(packed), results.startedAt);
    runs.push({ ...run, page, stored: index, thumbnail: lastImage ?? null, spans });
  }
  return runs;
}

/** A script element with a type of data is never executed: the browser only keeps its text. */
function block(id: string, type: string, bytes: Uint8Array): string {
  return `<script type="${type}" id="${id}">${base85(bytes)}</script>\n`;
}

function parsed(packed: string): Json {
  try {
    return parseJson(packed.replaceAll('\u0001', ''));
  } catch {
    return null; // the viewer says that the notebook cannot be read
  }
}
