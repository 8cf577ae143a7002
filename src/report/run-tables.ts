import type { Detail } from './detail.ts';
import { formatDuration } from './format-duration.ts';
import { codeInTable, codeSpan, link, prose } from './inert-markdown.ts';
import { type Column, markdownTable } from './markdown-table.ts';
import { numberTexts } from './number-text.ts';
import { parametersInTable, plainNumber, valueText } from './parameters-text.ts';
import type { Links, RunDigest } from './publication.ts';
import { type RunFamily, valueOf } from './run-families.ts';
import { STATUS_WORDS } from './status-words.ts';
import { counted } from './verdict-text.ts';

export interface RunTableContext {
  readonly links: Links;
  readonly detail: Detail;
}

/** Further parameters are in the notebooks; a wider table is not read. */
const MAX_PARAMETERS = 6;
/** Longer tables are folded. */
const MAX_UNFOLDED = 30;

/** The runs of a family as a table, one column for each parameter that varies; failures first. */
export function familyTable(family: RunFamily, context: RunTableContext): string {
  const parameters = family.varying.slice(0, MAX_PARAMETERS);
  const cells = parameters.map((name) => family.runs.map((run) => valueCell(run, name)));
  const columns: Cells[] = [
    statusColumn,
    ...parameters.map((name, index) => ({
      heading: prose(name),
      align: cells[index]?.every(({ plain }) => plain) === true ? ('right' as const) : undefined,
      cell: (run: RunDigest) => valueCell(run, name).text,
    })),
    ...family.numbers.map((name) => numberColumn(name, family)),
    timeColumn,
    nameColumn(context),
  ];
  return foldedTable(family.runs, columns, context);
}

/** Runs that have nothing to be compared with, each of a notebook of its own. */
export function singlesTable(runs: readonly RunDigest[], context: RunTableContext): string {
  const columns: Cells[] = [
    statusColumn,
    nameColumn(context),
    { heading: 'notebook', cell: ({ result }) => codeInTable(result.run.notebook, 60) },
    { heading: 'parameters', cell: ({ result }) => parametersInTable(result.run.parameters, { max: 4 }) },
    timeColumn,
  ];
  return foldedTable(runs, columns, context);
}

interface Cells extends Column {
  readonly cell: (run: RunDigest) => string;
}

const statusColumn: Cells = {
  heading: '',
  cell({ result: { status } }) {
    const { counts, long } = STATUS_WORDS[status];
    return { passed: '✅', failed: `❌ ${long}`, skipped: '➖ skipped' }[counts];
  },
};

const timeColumn: Cells = {
  heading: 'time',
  align: 'right',
  cell({ result: { attempts, durationMs } }) {
    if (attempts === 0) return '–';
    return formatDuration(durationMs) + (attempts > 1 ? ` (attempt ${attempts})` : '');
  },
};

function nameColumn({ links }: RunTableContext): Cells {
  return {
    heading: 'run',
    cell: ({ result: { run } }) => link(codeInTable(run.name, 60), links.ofRun?.(run)),
  };
}

function numberColumn(name: string, { runs }: RunFamily): Cells {
  const texts = numberTexts(runs.map((run) => run.numbers.get(name)));
  const ofRun = new Map(runs.map((run, index) => [run, texts[index] ?? '']));
  return { heading: prose(name, 40), align: 'right', cell: (run) => ofRun.get(run) ?? '' };
}

function valueCell(run: RunDigest, name: string): { readonly text: string; readonly plain: boolean } {
  const value = valueOf(run, name);
  if (value === undefined) return { text: '', plain: true };
  const number = plainNumber(value);
  return number === undefined
    ? { text: codeInTable(valueText(value), 60), plain: false }
    : { text: number, plain: true };
}

function foldedTable(
  runs: readonly RunDigest[],
  columns: readonly Cells[],
  { detail }: RunTableContext,
): string {
  const order = ['failed', 'passed', 'skipped'] as const;
  const sorted = order.flatMap((kind) =>
    runs.filter(({ result }) => STATUS_WORDS[result.status].counts === kind),
  );
  const shown = sorted.slice(0, detail.rows);
  const table = markdownTable(
    columns,
    shown.map((run) => columns.map(({ cell }) => cell(run))),
  );
  const more = moreText(sorted.slice(shown.length));
  const whole = more === '' ? table : `${table}\n\n${more}`;
  if (shown.length <= MAX_UNFOLDED) return whole;
  const which =
    more === ''
      ? `All ${counted(runs.length, 'run')}`
      : `${shown.length} of ${runs.length} runs, failures first`;
  return `<details>\n<summary>${which}</summary>\n\n${whole}\n\n</details>`;
}

function moreText(runs: readonly RunDigest[]): string {
  if (runs.length === 0) return '';
  const failed = runs.filter(({ result }) => STATUS_WORDS[result.status].counts === 'failed').length;
  return `…and ${counted(runs.length, 'more run')}, ${failed === 0 ? 'none of them failed' : `${failed} of them failed`}.`;
}

/** What a table is about, above it. */
export function familyHeading({ runs }: RunFamily): string {
  return `**${codeSpan(runs[0]?.result.run.notebook ?? '')}** · ${counted(runs.length, 'run')}`;
}
