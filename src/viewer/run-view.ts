import type { Notebook } from '../notebook/types.ts';
import type { ReportRun } from '../report/html-data.ts';
import { ansiText } from './ansi-text.ts';
import { cellView } from './cell-view.ts';
import { element } from './element.ts';
import { failingCell, languageOf, type NamedCell, shownCells } from './notebook-cells.ts';
import { otherPart } from './other-part.ts';
import { bytesText, counted, durationText } from './quantity-text.ts';
import type { ReportStore } from './report-store.ts';
import { runAddress, sweepAddress } from './route.ts';
import { statusBadge } from './status.ts';
import { sweepsOf } from './sweeps.ts';

/** A run: what is known about it, and its notebook. Rejects never: what cannot be read is said. */
export async function runView(store: ReportStore, run: ReportRun): Promise<HTMLElement> {
  const notebook = await store.notebook(run).catch((error: unknown) => error);
  const isRead = typeof notebook === 'object' && notebook !== null && 'cells' in notebook;
  const cells = isRead ? shownCells(notebook as Notebook) : [];
  const failing = failingCell(cells, run);
  return element(
    'article',
    { class: 'run' },
    heading(store, run),
    facts(run),
    errorBox(run, failing),
    isRead
      ? notebookView(notebook as Notebook, cells, failing, run)
      : run.page === store.data.page
        ? element('p', { class: 'blank' }, missingText(run, notebook))
        : otherPart(store.data, run),
  );
}

/** Brings the cell of an address into view, and the focus to it. False when there is none. */
export function showCell(view: HTMLElement, key: string): boolean {
  const cells = [...view.querySelectorAll<HTMLElement>('.cell')];
  const cell =
    key === 'failed'
      ? cells.find((candidate) => candidate.classList.contains('failing'))
      : cells.find((candidate) => candidate.dataset['cell'] === key);
  if (cell === undefined) return false;
  for (const other of cells) other.classList.toggle('target', other === cell);
  cell.querySelector('details')?.setAttribute('open', '');
  cell.scrollIntoView({ block: 'start' });
  cell.focus({ preventScroll: true });
  return true;
}

function heading(store: ReportStore, run: ReportRun): HTMLElement {
  const { runs } = store.data;
  const at = runs.indexOf(run);
  const [previous, next] = [runs[at - 1], runs[at + 1]];
  const sweep = sweepsOf(runs).find((candidate) => candidate.runs.includes(run));
  return element(
    'header',
    { class: 'run-head' },
    element(
      'nav',
      { class: 'crumbs', 'aria-label': 'Breadcrumb' },
      element('a', { href: '#' }, 'All runs'),
      ' / ',
    ),
    element('h1', { tabindex: -1 }, run.name, ' ', statusBadge(run.status)),
    element(
      'div',
      { class: 'actions' },
      previous &&
        element(
          'a',
          { class: 'button', href: runAddress(previous.name), rel: 'prev', title: previous.name },
          '← Previous',
        ),
      next &&
        element(
          'a',
          { class: 'button', href: runAddress(next.name), rel: 'next', title: next.name },
          'Next →',
        ),
      sweep &&
        element('a', { class: 'button', href: sweepAddress(sweep.key) }, `Compare all ${sweep.runs.length}`),
      run.stored === null
        ? undefined
        : element(
            'button',
            { type: 'button', class: 'button', click: () => void download(store, run) },
            'Download .ipynb',
          ),
      run.stored === null ? undefined : sourcesButton(),
    ),
  );
}

/** Report mode: outputs and text only. A failing cell keeps its source. */
function sourcesButton(): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'button', 'aria-pressed': 'false' },
    'Hide sources',
  );
  button.addEventListener('click', () => {
    const hide = button.getAttribute('aria-pressed') === 'false';
    button.setAttribute('aria-pressed', String(hide));
    for (const source of button.closest('.run')?.querySelectorAll<HTMLDetailsElement>('details.source') ??
      []) {
      const isKept = source.closest('.failing') !== null || (!hide && source.dataset['open'] !== undefined);
      source.open = isKept;
    }
    button.closest('.run')?.classList.toggle('report-mode', hide);
  });
  return button;
}

function facts(run: ReportRun): HTMLElement {
  const rows: (readonly [string, string | HTMLElement])[] = [
    ['Notebook', run.notebook],
    ['Written to', run.outputPath],
    ...(run.status === 'skipped'
      ? []
      : ([
          ['Duration', durationText(run.durationMs)],
          ['Cells', `${run.cells.executed} of ${run.cells.total}`],
        ] as const)),
    ...(run.cpuMs === null ? [] : ([['CPU', durationText(run.cpuMs)]] as const)),
    ...(run.peakMemoryBytes === null ? [] : ([['Memory', bytesText(run.peakMemoryBytes)]] as const)),
    ['Kernel', run.kernel],
    ...(run.attempts > 1 ? ([['Attempts', String(run.attempts)]] as const) : []),
    ...(run.output.kind === 'complete' || run.status === 'skipped'
      ? []
      : ([['Output', outputText(run)]] as const)),
  ];
  return element(
    'div',
    { class: 'facts' },
    run.parameters.length === 0
      ? undefined
      : element(
          'dl',
          { class: 'parameters', 'aria-label': 'Parameters' },
          run.parameters.map(([name, value]) =>
            element('div', {}, element('dt', {}, name), element('dd', {}, value)),
          ),
        ),
    element(
      'dl',
      { 'aria-label': 'About this run' },
      rows.map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value))),
    ),
  );
}

function outputText({ output }: ReportRun): string {
  if (output.kind === 'lost') return `${counted(output.messages ?? 0, 'message')} of the kernel lost`;
  return output.kind === 'truncated' ? 'shortened, it was larger than its limit' : 'perhaps incomplete';
}

function errorBox({ error, name }: ReportRun, failing: NamedCell | undefined): HTMLElement | undefined {
  if (error === null) return undefined;
  const place = error.line === null ? error.file : `${error.file}:${error.line}`;
  return element(
    'section',
    { class: 'error-box', 'aria-label': 'Error' },
    element('h2', {}, error.ename),
    element('p', { class: 'evalue' }, error.evalue),
    element(
      'p',
      { class: 'note' },
      failing === undefined
        ? undefined
        : element('a', { href: runAddress(name, failing.key) }, `Cell [${failing.key}]`),
      failing === undefined ? '' : ' · ',
      place,
    ),
    failing === undefined && error.traceback !== ''
      ? element('pre', { class: 'text traceback', tabindex: 0 }, ansiText(error.traceback))
      : undefined,
  );
}

/** From here on the browser lays out only what is in view. */
const MANY_CELLS = 150;

function notebookView(
  notebook: Notebook,
  cells: readonly NamedCell[],
  failing: NamedCell | undefined,
  run: ReportRun,
): HTMLElement {
  const language = languageOf(notebook);
  return element(
    'div',
    { class: cells.length > MANY_CELLS ? 'notebook long' : 'notebook' },
    cells.map(({ cell, key }) =>
      cellView({ notebook, cell, key, run: run.name, language, isFailing: cell === failing?.cell }),
    ),
  );
}

function missingText(run: ReportRun, error: unknown): string {
  if (run.status === 'skipped') return 'This run was skipped: it has no notebook.';
  if (run.stored === null) return 'There is no executed notebook of this run.';
  return `The executed notebook cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

async function download(store: ReportStore, run: ReportRun): Promise<void> {
  const url = URL.createObjectURL(
    new Blob([await store.notebookText(run)], { type: 'application/x-ipynb+json' }),
  );
  element('a', { href: url, download: run.outputPath.split('/').at(-1) ?? 'notebook.ipynb' }).click();
  URL.revokeObjectURL(url);
}
