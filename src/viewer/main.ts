import { compareView } from './compare-view.ts';
import { element } from './element.ts';
import { overview, verdictText } from './overview.ts';
import { unfoldForPrint } from './printing.ts';
import { ReportStore } from './report-store.ts';
import { parseRoute, type Route } from './route.ts';
import { runView, showCell } from './run-view.ts';
import { listenToKeys } from './shortcuts.ts';

const store = new ReportStore();
const main = element('main', { id: 'main' });
const title = verdictText(store.data);
const batch = overview(store);
/** Where the reader was in the table. */
let overviewScroll = 0;
let shown: { readonly address: string; readonly view: HTMLElement } = { address: '', view: batch };
/** Grows with each change of the address: a slow view must not replace a later one. */
let turn = 0;

document.getElementById('without-script')?.remove();
document.body.prepend(
  element('a', { class: 'skip', href: '#main', click: focusMain }, 'Skip to content'),
  element(
    'header',
    { class: 'page-head' },
    element(
      'a',
      { href: '#', class: 'brand' },
      element('span', { 'aria-hidden': 'true', class: 'logo' }, '▤'),
      'Parallel Notebooks',
    ),
    element('span', { class: 'note' }, title),
  ),
  main,
  element(
    'footer',
    { class: 'page-foot' },
    'Keys: / filter · j k next and previous cell · [ ] previous and next run · Esc all runs',
  ),
);
listenToKeys();
unfoldForPrint();
window.addEventListener('hashchange', () => void show(parseRoute(location.hash)));
void show(parseRoute(location.hash));

async function show(route: Route): Promise<void> {
  const mine = ++turn;
  if (shown.view === batch && main.isConnected && batch.isConnected) overviewScroll = window.scrollY;
  const address = route.view === 'run' ? `run ${route.name}` : location.hash;
  const isSame = address === shown.address && shown.view.isConnected;
  const view = isSame ? shown.view : await viewOf(route);
  if (mine !== turn) return;
  if (!isSame) main.replaceChildren(view);
  shown = { address, view };
  document.title = route.view === 'run' ? `${route.name} · ${title}` : title;
  if (route.view === 'run') {
    const key = route.cell ?? (view.querySelector('.cell.failing') === null ? undefined : 'failed');
    if (key !== undefined && showCell(view, key)) return;
  }
  if (isSame) return;
  window.scrollTo(0, route.view === 'overview' ? overviewScroll : 0);
  view.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

async function viewOf(route: Route): Promise<HTMLElement> {
  switch (route.view) {
    case 'overview':
      return batch;
    case 'compare':
      return await compareView(store, route);
    case 'run': {
      const run = store.data.runs.find(({ name }) => name === route.name);
      if (run === undefined) return blank(`This report has no run named “${route.name}”.`);
      return await runView(store, run);
    }
  }
}

function blank(...content: (string | Node)[]): HTMLElement {
  return element(
    'div',
    { class: 'blank' },
    element('h1', { tabindex: -1 }, 'Not here'),
    element('p', {}, ...content, ' ', element('a', { href: '#' }, 'All runs')),
  );
}

function focusMain(event: Event): void {
  event.preventDefault();
  main.querySelector<HTMLElement>('h1')?.focus();
}
