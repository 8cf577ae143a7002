import type { Detail } from './detail.ts';
import { codeBlock, codeInHtml, link, prose } from './inert-markdown.ts';
import { inertDocument } from './inert-document.ts';
import { mathBlock } from './inert-math.ts';
import { markdownTable } from './markdown-table.ts';
import type { Links, OutputDigest, RunDigest, TableDigest } from './publication.ts';
import { counted } from './verdict-text.ts';

export interface OutputsContext {
  readonly links: Links;
  readonly detail: Detail;
}

const MAX_COLUMNS = 12;
const MAX_CELL_CHARS = 40;

/** A fold for each of the first runs that show something, and the number of the others. */
export function outputsSection(runs: readonly RunDigest[], context: OutputsContext): string[] {
  const showing = runs
    .map((run) => ({ run, outputs: run.outputs.filter((output) => !isInTable(output, run)) }))
    .filter(({ outputs }) => outputs.length > 0);
  const shown = showing.slice(0, context.detail.outputs);
  if (shown.length === 0) return [];
  const more = showing.length - shown.length;
  return [
    '#### What the notebooks show',
    ...shown.map(({ run, outputs }) => fold(run, outputs, context)),
    ...(more > 0 ? [`…and ${counted(more, 'more notebook')}.`] : []),
  ];
}

/** Numbers that stand in the table of runs need not be repeated. */
function isInTable(output: OutputDigest, { numbers }: RunDigest): boolean {
  if (numbers.size === 0) return false;
  return output.kind === 'table'
    ? output.table.of.rows === 1
    : output.kind === 'text' && output.text.length < 40;
}

function fold(run: RunDigest, outputs: readonly OutputDigest[], context: OutputsContext): string {
  const { links, detail } = context;
  const kinds = [
    ...(['table', 'formula', 'text'] as const).map((noun) => {
      return [noun, outputs.filter(({ kind }) => NOUNS[kind] === noun).length] as const;
    }),
    ['figure', run.figures] as const,
  ];
  const what = kinds.filter(([, count]) => count > 0).map(([noun, count]) => ` · ${counted(count, noun)}`);
  const seen = links.ofRun?.(run.result.run) ?? links.reportUrl ?? links.artifactUrl;
  const where = run.figures === 0 || seen === undefined ? [] : [link('Figures and everything else', seen)];
  return [
    '<details>',
    `<summary>${codeInHtml(run.result.run.name, 60)}${what.join('')}</summary>`,
    '',
    ...[...outputs.map((output) => outputBlock(output, detail)), ...where].flatMap((block) => [block, '']),
    '</details>',
  ].join('\n');
}

const NOUNS = { table: 'table', latex: 'formula', markdown: 'text', text: 'text' } as const;

function outputBlock(output: OutputDigest, { outputRows, chars }: Detail): string {
  switch (output.kind) {
    case 'table':
      return tableBlock(output.table, outputRows);
    case 'markdown':
      return inertDocument(output.text, { lines: outputRows * 2, chars });
    case 'latex':
      return mathBlock(output.text, chars);
    case 'text':
      return textBlock(output.text, { outputRows, chars });
  }
}

function tableBlock({ header, rows, of }: TableDigest, maxRows: number): string {
  const names = header.slice(0, MAX_COLUMNS);
  const shown = rows.slice(0, maxRows);
  const columns = names.map((name, index) => {
    const numeric = shown.every((row) => /^[-+\d.,e%\s]*$|^NaN$/.test(row[index] ?? ''));
    return { heading: prose(name, MAX_CELL_CHARS), align: numeric ? ('right' as const) : undefined };
  });
  const table = markdownTable(
    columns,
    shown.map((row) => names.map((_, index) => prose(row[index] ?? '', MAX_CELL_CHARS))),
  );
  const cut = [
    ...(of.rows > shown.length ? [`${shown.length} of ${of.rows} rows`] : []),
    // The index of a DataFrame is a column here, and none where it counts them itself.
    ...(header.length > names.length ? [`${names.length} of ${of.columns} columns`] : []),
  ];
  return cut.length === 0 ? table : `${table}\n\n${cut.join(', ')}`;
}

function textBlock(text: string, { outputRows, chars }: Pick<Detail, 'outputRows' | 'chars'>): string {
  const lines = text.split('\n');
  const more = lines.length - outputRows * 2;
  return codeBlock(more > 0 ? [...lines.slice(0, outputRows * 2), `… ${more} more lines`] : lines, {
    chars,
  });
}
