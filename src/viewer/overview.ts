import type { ReportData } from '../report/html-data.ts';
import { element } from './element.ts';
import { counted, durationText, timeText } from './quantity-text.ts';
import type { ReportStore } from './report-store.ts';
import { compareAddress, sweepAddress } from './route.ts';
import { type TableState, UNTOUCHED, visibleRuns } from './run-filter.ts';
import { runTable } from './run-table.ts';
import { statusSign, toneOf, type Tone } from './status.ts';
import { compareValues, parameterOf, sweepsOf, varying } from './sweeps.ts';
import { timeline } from './timeline.ts';

/** More columns than this do not fit beside each other; the rest is in the runs. */
const MOST_COLUMNS = 8;
/** A choice among more values than this is better made by searching. */
const MOST_CHOICES = 40;

/** The batch: verdict, totals, runs, timeline. */
export function overview(store: ReportStore): HTMLElement {
  const { data } = store;
  const columns = (
    data.runs.length === 1 ? (data.runs[0]?.parameters.map(([name]) => name) ?? []) : varying(data.runs)
  ).slice(0, MOST_COLUMNS);
  let state: TableState = UNTOUCHED;
  const count = element('p', { class: 'note count', role: 'status' });
  const compare = element('a', { class: 'button primary', hidden: true });
  const table = runTable({
    store,
    columns,
    onSort(sort) {
      // The third click gives the first order back.
      if (state.sort !== sort) change({ sort, isDescending: false });
      else change(state.isDescending ? { sort: 'plan', isDescending: false } : { isDescending: true });
    },
    onChoose(names) {
      compare.hidden = names.length < 2;
      compare.setAttribute('href', compareAddress(names));
      compare.textContent = `Compare ${names.length} runs`;
    },
  });
  const change = (changes: Partial<TableState>): void => {
    state = { ...state, ...changes };
    const runs = visibleRuns(data.runs, state);
    table.show(runs, state);
    count.textContent =
      runs.length === data.runs.length
        ? counted(runs.length, 'run')
        : `${runs.length} of ${counted(data.runs.length, 'run')}`;
  };
  change({});
  return element(
    'div',
    { class: 'overview' },
    verdict(data),
    tiles(data),
    sweepLinks(data),
    element(
      'section',
      { 'aria-labelledby': 'runs-title' },
      element('h2', { id: 'runs-title' }, 'Runs'),
      element(
        'div',
        { class: 'toolbar' },
        search(change),
        toneChoice(data, change),
        valueChoices(data, columns, () => state, change),
        compare,
        count,
      ),
      table.node,
      constants(data, columns),
    ),
    timeline(data),
  );
}

function verdict(data: ReportData): HTMLElement {
  const tones = tally(data);
  const tone: Tone = tones.failed > 0 ? 'failed' : tones.passed > 0 ? 'passed' : 'skipped';
  return element(
    'header',
    { class: 'verdict' },
    element('h1', { tabindex: -1 }, statusSign(tone), element('span', {}, verdictText(data))),
    element(
      'p',
      { class: 'note' },
      timeText(data.startedAt),
      data.commit === null ? '' : ` · commit ${data.commit.slice(0, 7)}`,
      data.links.map(({ label, url }) => [' · ', element('a', { href: url, rel: 'noopener' }, label)]),
    ),
  );
}

/** As the page's title says it. */
export function verdictText(data: ReportData): string {
  const { passed, failed } = tally(data);
  const total = passed + failed;
  if (total === 0) return data.runs.length === 0 ? 'No runs' : 'All runs were skipped';
  if (failed === 0) return total === 1 ? 'The run passed' : `All ${total} runs passed`;
  return `${failed} of ${counted(total, 'run')} did not pass`;
}

function tally({ runs }: ReportData): Record<Tone, number> {
  const tones = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of runs) tones[toneOf(status)] += 1;
  return tones;
}

function tiles(data: ReportData): HTMLElement {
  const alone = data.runs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const cpu = data.runs.reduce((sum, { cpuMs }) => sum + (cpuMs ?? 0), 0);
  const saved = alone - data.durationMs;
  const tones = tally(data);
  const tile = (term: string, value: string, note?: string): HTMLElement =>
    element(
      'div',
      { class: 'tile' },
      element('dt', {}, term),
      element('dd', {}, value, note === undefined ? undefined : element('small', {}, note)),
    );
  return element(
    'dl',
    { class: 'tiles' },
    tile('Passed', String(tones.passed)),
    tile('Not passed', String(tones.failed)),
    tones.skipped === 0 ? undefined : tile('Skipped', String(tones.skipped)),
    tile('Wall time', durationText(data.durationMs)),
    cpu === 0 ? undefined : tile('CPU time', durationText(cpu)),
    saved <= 1000
      ? undefined
      : tile(
          'Saved',
          durationText(saved),
          ` up to ${(alone / data.durationMs).toFixed(1)}× faster than one by one`,
        ),
  );
}

function sweepLinks(data: ReportData): HTMLElement | undefined {
  const sweeps = sweepsOf(data.runs).filter(
    ({ runs }) => runs.filter(({ stored }) => stored !== null).length > 1,
  );
  if (sweeps.length === 0) return undefined;
  return element(
    'nav',
    { class: 'sweeps', 'aria-label': 'Comparisons' },
    sweeps.map(({ key, notebook, runs, varies }) =>
      element(
        'a',
        { class: 'sweep', href: sweepAddress(key) },
        element('strong', {}, `Compare ${runs.length} runs of ${notebook.split('/').at(-1) ?? notebook}`),
        element('span', { class: 'note' }, varies.length === 0 ? 'side by side' : `by ${varies.join(', ')}`),
      ),
    ),
  );
}

type Change = (changes: Partial<TableState>) => void;

function search(change: Change): HTMLElement {
  const input = element('input', {
    type: 'search',
    placeholder: 'Filter runs',
    'aria-label': 'Filter runs',
    'aria-keyshortcuts': '/',
    class: 'search',
  });
  input.addEventListener('input', () => change({ words: input.value }));
  return input;
}

function toneChoice(data: ReportData, change: Change): HTMLElement | undefined {
  const tones = Object.entries(tally(data)).filter(([, count]) => count > 0);
  if (tones.length < 2) return undefined;
  const select = element(
    'select',
    { 'aria-label': 'Status' },
    element('option', { value: '' }, 'Any status'),
    tones.map(([tone, count]) =>
      element(
        'option',
        { value: tone },
        `${tone === 'failed' ? 'Not passed' : tone === 'passed' ? 'Passed' : 'Skipped'} (${count})`,
      ),
    ),
  );
  select.addEventListener('change', () =>
    change({ tone: select.value === '' ? undefined : (select.value as Tone) }),
  );
  return select;
}

function valueChoices(
  data: ReportData,
  columns: readonly string[],
  stateNow: () => TableState,
  change: Change,
): HTMLElement[] {
  return columns.flatMap((name) => {
    const values = [...new Set(data.runs.flatMap((run) => parameterOf(run, name) ?? []))].sort(compareValues);
    if (values.length < 2 || values.length > MOST_CHOICES) return [];
    const select = element(
      'select',
      { 'aria-label': name },
      element('option', { value: '' }, `${name}: any`),
      values.map((value) =>
        element('option', { value: `=${value}` }, value.length > 40 ? `${value.slice(0, 40)}…` : value),
      ),
    );
    select.addEventListener('change', () => {
      const chosen = new Map(stateNow().values);
      if (select.value === '') chosen.delete(name);
      else chosen.set(name, select.value.slice(1));
      change({ values: chosen });
    });
    return [select];
  });
}

/** What is the same in all runs needs no column. */
function constants(data: ReportData, columns: readonly string[]): HTMLElement | undefined {
  const [first] = data.runs;
  if (first === undefined || data.runs.length === 1) return undefined;
  const differing = varying(data.runs);
  const same = first.parameters.filter(([name]) => !differing.includes(name));
  const hidden = differing.filter((name) => !columns.includes(name));
  if (same.length + hidden.length === 0) return undefined;
  return element(
    'p',
    { class: 'note' },
    same.length === 0
      ? ''
      : `The same in all runs: ${same.map(([name, value]) => `${name} = ${value}`).join(', ')}. `,
    hidden.length === 0 ? '' : `Also different, see the runs: ${hidden.join(', ')}.`,
  );
}
