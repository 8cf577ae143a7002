import type { Notebook } from '../notebook/types.ts';
import type { ReportData, ReportRun } from '../report/html-data.ts';
import { alignCells } from './align-cells.ts';
import { compareCell, type ComparedRun } from './compare-cell.ts';
import { element } from './element.ts';
import { counted } from './quantity-text.ts';
import type { ReportStore } from './report-store.ts';
import { compareAddress } from './route.ts';
import { ordering, runCaption, sweepsOf, varying } from './sweeps.ts';

/** Notebooks that are read for one comparison. */
const MOST_RUNS = 100;

/** The same cells of several runs, side by side: plots in a grid, numbers in a table, text as a difference. */
export async function compareView(
  store: ReportStore,
  asked: { readonly names: readonly string[]; readonly sweep: string | undefined },
): Promise<HTMLElement> {
  const { runs } = store.data;
  const sweep = sweepsOf(runs).find(({ key }) => key === asked.sweep);
  const wanted = sweep?.runs ?? runs.filter(({ name }) => asked.names.includes(name));
  const varies = varying(wanted);
  const readable = ordering(wanted, varies).filter(({ stored }) => stored !== null);
  const read = await Promise.all(
    readable.slice(0, MOST_RUNS).map(async (run) => {
      const notebook = await store.notebook(run).catch(() => undefined);
      return notebook === undefined ? [] : [{ run, notebook, caption: runCaption(run, varies) }];
    }),
  );
  const compared = read.flat();
  const body = element('div', { class: 'comparison' });
  const draw = (by: readonly string[]): void => {
    const order = ordering(
      compared.map(({ run }) => run),
      by,
    );
    const ordered = order.flatMap((run) => compared.filter((candidate) => candidate.run === run));
    body.replaceChildren(...sections(ordered, by));
  };
  draw(varies);
  return element(
    'article',
    { class: 'compare' },
    element(
      'nav',
      { class: 'crumbs', 'aria-label': 'Breadcrumb' },
      element('a', { href: '#' }, 'All runs'),
      ' / ',
    ),
    element('h1', { tabindex: -1 }, heading(sweep?.notebook, compared.length)),
    element('p', { class: 'note' }, subtitle(store.data, { wanted, shown: compared.length, varies })),
    element(
      'div',
      { class: 'toolbar' },
      orderChoice(varies, draw),
      runChoice(
        sweepsOf(runs).find((candidate) => wanted.every((run) => candidate.runs.includes(run)))?.runs ?? runs,
        wanted,
      ),
    ),
    body,
  );
}

function heading(notebook: string | undefined, count: number): string {
  const name = notebook?.split('/').at(-1);
  return name === undefined ? `${counted(count, 'run')} compared` : `${counted(count, 'run')} of ${name}`;
}

function subtitle(
  data: ReportData,
  { wanted, shown, varies }: { wanted: readonly ReportRun[]; shown: number; varies: readonly string[] },
): string {
  const parts = [varies.length === 0 ? 'The parameters are the same.' : `Different: ${varies.join(', ')}.`];
  const others = new Set(wanted.map(({ page }) => page).filter((page) => page !== data.page));
  if (shown < wanted.length) {
    const reasons = [
      ...(others.size === 0 ? [] : [`in ${[...others].map((page) => data.pages[page]).join(', ')}`]),
      'without a notebook',
      `more than ${MOST_RUNS}`,
    ];
    parts.push(`${counted(wanted.length - shown, 'run')} left out: ${reasons.join(', or ')}.`);
  }
  return parts.join(' ');
}

function orderChoice(
  varies: readonly string[],
  draw: (by: readonly string[]) => void,
): HTMLElement | undefined {
  if (varies.length < 2) return undefined;
  const select = element(
    'select',
    {},
    varies.map((name) => element('option', { value: name }, name)),
  );
  select.addEventListener('change', () =>
    draw([select.value, ...varies.filter((name) => name !== select.value)]),
  );
  return element('label', { class: 'field' }, 'Ordered by ', select);
}

/** Which runs are compared. The address changes with the choice, so that it can be sent to somebody. */
function runChoice(candidates: readonly ReportRun[], wanted: readonly ReportRun[]): HTMLElement {
  const form = element('form', { class: 'menu' });
  const boxes = candidates.slice(0, 500).map((run) => {
    const box = element('input', { type: 'checkbox', disabled: run.stored === null });
    box.checked = wanted.includes(run);
    return { run, box };
  });
  const apply = element('button', { type: 'submit', class: 'button primary' }, 'Compare these');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.hash = compareAddress(boxes.filter(({ box }) => box.checked).map(({ run }) => run.name));
  });
  form.append(...boxes.map(({ run, box }) => element('label', {}, box, ' ', run.name)), apply);
  return element(
    'details',
    { class: 'choose' },
    element('summary', { class: 'button' }, 'Choose runs'),
    form,
  );
}

function sections(
  compared: readonly (ComparedRun & { readonly notebook: Notebook })[],
  by: readonly string[],
): HTMLElement[] {
  const aligned = alignCells(compared.map(({ notebook }) => notebook));
  if (aligned.length === 0)
    return [element('p', { class: 'blank' }, 'These runs have no outputs to compare.')];
  return aligned.map(({ heading: title, label, cells }) =>
    element(
      'section',
      { class: 'compared', tabindex: -1, 'aria-label': `${label} ${title}` },
      element(
        'h2',
        {},
        title === '' ? label : title,
        title === '' ? undefined : element('small', {}, ` ${label}`),
      ),
      compareCell(compared, cells, by),
    ),
  );
}
