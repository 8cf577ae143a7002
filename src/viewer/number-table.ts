import type { ReportRun } from '../report/html-data.ts';
import type { NumberTable } from './comparable-numbers.ts';
import { element } from './element.ts';
import { runAddress } from './route.ts';
import { parameterOf } from './sweeps.ts';

/** A row for each run: its parameters, then the numbers, with a bar behind those that can be measured. */
export function numberTable(
  runs: readonly { readonly run: ReportRun; readonly caption: string }[],
  by: readonly string[],
  { labels, rows }: NumberTable,
): HTMLElement {
  const shown = labels
    .map((label, index) => ({ label, index }))
    .filter(({ label, index }) => !repeatsParameter(label, index, { runs, by, rows }));
  const parameters = by.slice(0, 4);
  return element(
    'div',
    { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': 'Numbers of the runs' },
    element(
      'table',
      { class: 'numbers' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          parameters.length === 0 ? element('th', { scope: 'col' }, 'Run') : undefined,
          parameters.map((name) => element('th', { scope: 'col' }, name)),
          shown.map(({ label }) => element('th', { scope: 'col', class: 'number' }, label)),
        ),
      ),
      element(
        'tbody',
        {},
        runs.map(({ run, caption }, row) =>
          element(
            'tr',
            {},
            (parameters.length === 0
              ? [caption]
              : parameters.map((name) => parameterOf(run, name) ?? '–')
            ).map((text, at) =>
              at === 0
                ? element('th', { scope: 'row' }, element('a', { href: runAddress(run.name) }, text))
                : element('td', { class: 'value' }, text),
            ),
            shown.map(({ index }) =>
              numberCell(
                rows[row]?.[index],
                rows.map((values) => values[index]),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

interface Context {
  readonly runs: readonly { readonly run: ReportRun }[];
  readonly by: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A notebook often prints the very parameters it got. */
function repeatsParameter(label: string, index: number, { runs, by, rows }: Context): boolean {
  if (!by.includes(label)) return false;
  return runs.every(({ run }, row) => Number(parameterOf(run, label)) === Number(rows[row]?.[index]));
}

function numberCell(text: string | undefined, column: readonly (string | undefined)[]): HTMLElement {
  const cell = element('td', { class: 'number' }, text ?? '–');
  const highest = Math.max(...column.map((value) => numberOf(value) ?? 0));
  const value = numberOf(text);
  const isMeasurable = column.every((other) => (numberOf(other) ?? 0) >= 0) && highest > 0;
  if (value !== undefined && isMeasurable && new Set(column).size > 1) {
    cell.style.setProperty('--fill', `${Math.round((value / highest) * 100)}%`);
  }
  return cell;
}

function numberOf(text: string | undefined): number | undefined {
  const number = text === undefined || text === '' ? NaN : Number(text.replace(/[,%]/g, ''));
  return Number.isFinite(number) ? number : undefined;
}
