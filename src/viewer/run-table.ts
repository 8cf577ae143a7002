import type { ReportRun } from '../report/html-data.ts';
import { element } from './element.ts';
import { durationText } from './quantity-text.ts';
import type { ReportStore } from './report-store.ts';
import { runLink } from './run-link.ts';
import type { SortKey, TableState } from './run-filter.ts';
import { statusBadge } from './status.ts';
import { parameterOf } from './sweeps.ts';
import { thumbnails } from './thumbnails.ts';

export interface RunTable {
  readonly node: HTMLElement;
  show(runs: readonly ReportRun[], state: TableState): void;
}

export interface RunTableOptions {
  readonly store: ReportStore;
  /** Parameters that are columns. */
  readonly columns: readonly string[];
  readonly onSort: (key: SortKey) => void;
  /** Called with the names that are chosen, in table order. */
  readonly onChoose: (names: readonly string[]) => void;
}

/** The table of runs. Rows are made once and only put in order. */
export function runTable({ store, columns, onSort, onChoose }: RunTableOptions): RunTable {
  const chosen = new Set<string>();
  const rows = new Map<ReportRun, HTMLElement>();
  const hasThumbnails = store.data.runs.some(({ thumbnail }) => thumbnail !== null);
  const fill = thumbnails(store);
  const headers = [
    sortHeader('name', 'Run', onSort),
    sortHeader('status', 'Status', onSort),
    ...columns.map((name) => sortHeader(`=${name}`, name, onSort, isNumeric(store.data.runs, name))),
    sortHeader('duration', 'Duration', onSort, true),
  ];
  const body = element('tbody');
  const node = element(
    'table',
    { class: 'runs' },
    element('caption', { class: 'unseen' }, 'Runs of the batch'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td', { class: 'choice' }),
        headers.map(({ cell }) => cell),
        hasThumbnails ? element('th', { scope: 'col', class: 'plot' }, 'Last plot') : undefined,
      ),
    ),
    body,
  );

  const makeRow = (run: ReportRun): HTMLElement => {
    const box = element('input', {
      type: 'checkbox',
      'aria-label': `Compare ${run.name}`,
      disabled: run.stored === null,
    });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(run.name);
      else chosen.delete(run.name);
      onChoose([...rows.keys()].map(({ name }) => name).filter((name) => chosen.has(name)));
    });
    return element(
      'tr',
      { class: run.error === null ? undefined : 'has-error' },
      element('td', { class: 'choice' }, box),
      element(
        'th',
        { scope: 'row' },
        element('a', { href: runLink(store.data, run) }, run.name),
        run.error === null
          ? undefined
          : element(
              'a',
              { class: 'error-line', href: runLink(store.data, run, 'failed') },
              element('strong', {}, run.error.ename),
              run.error.evalue === '' ? '' : `: ${firstLine(run.error.evalue)}`,
            ),
      ),
      element('td', {}, statusBadge(run.status)),
      columns.map((name) => valueCell(parameterOf(run, name))),
      element('td', { class: 'number' }, run.status === 'skipped' ? '–' : durationText(run.durationMs)),
      hasThumbnails ? element('td', { class: 'plot' }, thumbnail(run)) : undefined,
    );
  };

  const thumbnail = (run: ReportRun): HTMLElement | undefined => {
    if (run.thumbnail === null) return undefined;
    const image = element('img', { alt: '', decoding: 'async' });
    fill(image, run.thumbnail);
    return element(
      'a',
      { href: runLink(store.data, run), tabindex: -1, 'aria-label': `Last plot of ${run.name}` },
      image,
    );
  };

  return {
    node: element(
      'div',
      { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': 'Table of runs' },
      node,
    ),
    show(runs, state) {
      for (const run of runs) if (!rows.has(run)) rows.set(run, makeRow(run));
      body.replaceChildren(...runs.flatMap((run) => rows.get(run) ?? []));
      for (const { cell, key } of headers) {
        const direction = state.isDescending ? 'descending' : 'ascending';
        cell.ariaSort = state.sort === key ? direction : 'none';
      }
    },
  };
}

function isNumeric(runs: readonly ReportRun[], name: string): boolean {
  return runs.every((run) => !Number.isNaN(Number(parameterOf(run, name) ?? 0)));
}

function sortHeader(
  key: SortKey,
  text: string,
  onSort: (key: SortKey) => void,
  isNumber = false,
): { key: SortKey; cell: HTMLElement } {
  const button = element('button', { type: 'button', click: () => onSort(key) }, text);
  return { key, cell: element('th', { scope: 'col', class: isNumber ? 'number' : undefined }, button) };
}

const LONGEST_VALUE = 60;

function valueCell(value: string | undefined): HTMLElement {
  if (value === undefined) return element('td', { class: 'value none' }, '–');
  const isNumber = value !== '' && !Number.isNaN(Number(value));
  const text = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
  return element(
    'td',
    { class: isNumber ? 'value number' : 'value', title: text === value ? undefined : value },
    text,
  );
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
