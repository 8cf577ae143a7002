import type { Cell, Notebook, Output } from '../notebook/types.ts';
import type { ReportRun } from '../report/html-data.ts';
import { comparableNumbers, oneRowTable, type NumberTable } from './comparable-numbers.ts';
import { element } from './element.ts';
import { lineDiff } from './line-diff.ts';
import { numberTable } from './number-table.ts';
import { outputView } from './output-view.ts';
import { runAddress } from './route.ts';
import { parameterOf } from './sweeps.ts';

export interface ComparedRun {
  readonly run: ReportRun;
  readonly notebook: Notebook;
  readonly caption: string;
}

type Form = 'image' | 'text' | 'table' | 'rich';

/** One place among the outputs of a cell, in all runs. */
interface Slot {
  readonly form: Form;
  readonly outputs: readonly (Output | undefined)[];
}

/** The outputs of one cell in all runs: each in the form in which people compare it. */
export function compareCell(
  runs: readonly ComparedRun[],
  cells: readonly (Cell | undefined)[],
  by: readonly string[],
): HTMLElement[] {
  return slotsOf(cells).map((slot) => {
    const show = (index: number): HTMLElement | undefined => {
      const [run, cell, output] = [runs[index], cells[index], slot.outputs[index]];
      if (run === undefined || cell === undefined || output === undefined) return undefined;
      return outputView(output, { notebook: run.notebook, cell, title: `Output of ${run.run.name}` });
    };
    const texts = slot.outputs.map((output) => (output === undefined ? undefined : comparableText(output)));
    if (new Set(texts).size === 1 && runs.length > 1) return sameInAll(show(0), runs.length);
    switch (slot.form) {
      case 'table': {
        const numbers = tableNumbers(texts);
        return numbers === undefined ? grid(runs, by, show) : numberTable(runs, by, numbers);
      }
      case 'text': {
        const known = texts.filter((text) => text !== undefined);
        const numbers = known.length === runs.length ? comparableNumbers(known) : undefined;
        return numbers === undefined ? differences(runs, texts) : numberTable(runs, by, numbers);
      }
      case 'image':
      case 'rich':
        return grid(runs, by, show);
    }
  });
}

/** The n-th image of one run belongs to the n-th image of another, however many lines were printed between them. */
function slotsOf(cells: readonly (Cell | undefined)[]): readonly Slot[] {
  const slots = new Map<string, { form: Form; outputs: (Output | undefined)[] }>();
  for (const [index, cell] of cells.entries()) {
    const counts = new Map<Form, number>();
    for (const output of cell?.outputs ?? []) {
      const form = formOf(output);
      const number = counts.get(form) ?? 0;
      counts.set(form, number + 1);
      const key = `${form} ${number}`;
      const slot = slots.get(key) ?? { form, outputs: cells.map(() => undefined) };
      slot.outputs[index] = output;
      slots.set(key, slot);
    }
  }
  return [...slots.values()];
}

function formOf(output: Output): Form {
  if (output.output_type === 'stream') return 'text';
  if (output.output_type === 'error') return 'rich';
  const html = output.data['text/html'];
  if (typeof html === 'string') return oneRowTable(html) === undefined ? 'rich' : 'table';
  const types = Object.keys(output.data);
  if (types.some((type) => type.startsWith('image/'))) return 'image';
  return types.every((type) => type === 'text/plain') ? 'text' : 'rich';
}

function comparableText(output: Output): string {
  if (output.output_type === 'stream') return output.text.trimEnd();
  if (output.output_type === 'error') return `${output.ename}: ${output.evalue}`;
  const { data } = output;
  const { 'text/html': html, 'text/plain': plain } = data;
  if (typeof html === 'string') return html;
  return typeof plain === 'string' && Object.keys(data).length === 1 ? plain : JSON.stringify(data);
}

function tableNumbers(htmls: readonly (string | undefined)[]): NumberTable | undefined {
  const tables = htmls.map((html) => (html === undefined ? undefined : oneRowTable(html)));
  const labels = tables.find((table) => table !== undefined)?.labels;
  if (labels === undefined) return undefined;
  if (tables.some((table) => table !== undefined && table.labels.join('\n') !== labels.join('\n')))
    return undefined;
  return { labels, rows: tables.map((table) => table?.values ?? []) };
}

function sameInAll(shown: HTMLElement | undefined, count: number): HTMLElement {
  return element(
    'details',
    { class: 'same' },
    element('summary', {}, `The same in all ${count} runs`),
    shown,
  );
}

/** Two parameters make a plane: rows by the first, columns by the second. Otherwise as many beside each other as fit. */
function grid(
  runs: readonly ComparedRun[],
  by: readonly string[],
  show: (index: number) => HTMLElement | undefined,
): HTMLElement {
  const figures = runs.map((compared, index) => {
    const shown = show(index) ?? element('p', { class: 'note' }, 'No such output.');
    return element(
      'figure',
      {},
      element('figcaption', {}, element('a', { href: runAddress(compared.run.name) }, compared.caption)),
      shown,
    );
  });
  const columns = planeColumns(runs, by);
  if (columns === undefined) return element('div', { class: 'grid' }, figures);
  const second = by[1] ?? '';
  for (const [index, { run }] of runs.entries()) {
    figures[index]?.style.setProperty(
      'grid-column',
      String(columns.indexOf(parameterOf(run, second) ?? '') + 1),
    );
  }
  const plane = element('div', { class: 'grid plane' }, figures);
  plane.style.setProperty('--columns', String(columns.length));
  return plane;
}

/** Values of the second parameter, when two parameters and nothing else tell the runs apart. */
function planeColumns(runs: readonly ComparedRun[], by: readonly string[]): readonly string[] | undefined {
  const [first, second, third] = by;
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const places = runs.map(({ run }) => JSON.stringify([parameterOf(run, first), parameterOf(run, second)]));
  const columns = [...new Set(runs.map(({ run }) => parameterOf(run, second) ?? ''))];
  const rows = new Set(runs.map(({ run }) => parameterOf(run, first)));
  const isPlane = new Set(places).size === runs.length && rows.size > 1 && runs.length > columns.length;
  return isPlane && columns.length > 1 && columns.length <= 5 ? columns : undefined;
}

/** Every text against that of the first run that has one. */
function differences(runs: readonly ComparedRun[], texts: readonly (string | undefined)[]): HTMLElement {
  const base = texts.findIndex((text) => text !== undefined);
  const before = texts[base] ?? '';
  return element(
    'div',
    { class: 'diffs' },
    runs.map(({ caption, run }, index) => {
      const text = texts[index];
      const link = element('a', { href: runAddress(run.name) }, caption);
      if (text === undefined) return element('p', { class: 'note' }, link, ': no such output.');
      if (index === base)
        return element(
          'figure',
          {},
          element('figcaption', {}, link),
          element('pre', { class: 'text plain', tabindex: 0 }, text),
        );
      if (text === before) return element('p', { class: 'note' }, link, ': the same.');
      return element('figure', {}, element('figcaption', {}, link), diffView(before, text));
    }),
  );
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

function diffView(before: string, after: string): HTMLElement {
  return element(
    'pre',
    { class: 'text diff', tabindex: 0 },
    lineDiff(before, after).map(({ kind, text }) =>
      element(kind === 'same' ? 'span' : kind === 'added' ? 'ins' : 'del', {}, `${SIGNS[kind]} ${text}\n`),
    ),
  );
}
