import { decodeEntities } from './html-entities.ts';
import type { TableDigest } from './publication.ts';

/** What is kept of a table. pandas shows 60 rows and 20 columns. */
const MAX_ROWS = 60;
const MAX_COLUMNS = 24;
const MAX_CELL_CHARS = 200;
/** What is looked at of an HTML output. */
const MAX_HTML_CHARS = 300_000;

interface Row {
  readonly cells: string[];
  /** True as long as no cell of data has come. */
  header: boolean;
}

/**
 * The first table of an HTML output as text, the way pandas, polars and their like write one; undefined when there is
 * none. Nothing of the HTML itself is kept.
 */
export function htmlTable(html: string): TableDigest | undefined {
  const table = new TableReader();
  for (const token of tokens(html.slice(0, MAX_HTML_CHARS))) table.take(token);
  return table.digest();
}

type Token = { readonly tag: string; readonly attributes: string } | { readonly text: string };

class TableReader {
  readonly #rows: Row[] = [];
  #depth = 0;
  #cell: string | undefined;
  #outside = '';
  #finished = false;
  /** Columns that a cell above still fills, with the rows it still has to fill. */
  readonly #fromAbove: number[] = [];

  take(token: Token): void {
    if ('text' in token) this.#text(token.text);
    else if (token.tag === 'table') this.#depth += 1;
    else if (token.tag === '/table') this.#endTable();
    else if (this.#depth === 1 && !this.#finished) this.#tag(token.tag, token.attributes);
    else this.#text(' ');
  }

  digest(): TableDigest | undefined {
    this.#endCell();
    const rows = this.#rows.filter(({ cells }) => cells.length > 0);
    const columns = Math.max(0, ...rows.map(({ cells }) => cells.length));
    if (columns === 0) return undefined;
    const split = rows.findIndex(({ header }) => !header);
    const body = split === -1 ? [] : rows.slice(split);
    const padded = ({ cells }: Row): string[] => [
      ...cells,
      ...Array<string>(columns - cells.length).fill(''),
    ];
    // pandas: `150 rows × 5 columns`; polars: `shape: (150, 5)`.
    const said = /(\d+) rows × (\d+) columns|shape: \((\d+), (\d+)\)/.exec(this.#outside) ?? [];
    return {
      header: mergedHeader(rows.slice(0, split === -1 ? undefined : split).map(padded), columns),
      rows: body.slice(0, MAX_ROWS).map(padded),
      of: {
        rows: Math.max(body.length, Number(said[1] ?? said[3] ?? 0)),
        columns: Math.max(columns, Number(said[2] ?? said[4] ?? 0)),
      },
    };
  }

  #text(text: string): void {
    if (this.#depth === 0) {
      if (this.#outside.length < 10_000) this.#outside += text;
    } else if (this.#cell !== undefined && this.#cell.length < MAX_CELL_CHARS * 2) {
      this.#cell += text.slice(0, MAX_CELL_CHARS * 2);
    }
  }

  #tag(tag: string, attributes: string): void {
    if (tag === 'td' || tag === 'th') this.#beginCell(tag, attributes);
    else if (['/td', '/th', '/tr', '/thead', '/tbody'].includes(tag)) this.#endCell();
    else if (tag === 'tr') {
      this.#endCell();
      this.#rows.push({ cells: [], header: true });
    } else this.#text(' ');
  }

  #beginCell(tag: string, attributes: string): void {
    this.#endCell();
    if (this.#rows.length === 0) this.#rows.push({ cells: [], header: true });
    const row = this.#rows.at(-1);
    if (row === undefined) return;
    if (tag === 'td') row.header = false;
    this.#fillFromAbove(row);
    const rowspan = span(attributes, 'rowspan');
    const colspan = span(attributes, 'colspan');
    for (let column = row.cells.length; column < row.cells.length + colspan; column++) {
      if (column < MAX_COLUMNS) this.#fromAbove[column] = rowspan - 1;
    }
    this.#colspan = colspan;
    this.#cell = '';
  }

  #colspan = 1;

  #endCell(): void {
    const row = this.#rows.at(-1);
    if (this.#cell === undefined || row === undefined) return;
    const text = decodeEntities(this.#cell)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_CELL_CHARS)
      .toWellFormed();
    // A heading over several columns belongs to each of them; a cell of data does not.
    for (let index = 0; index < this.#colspan && row.cells.length < MAX_COLUMNS; index++) {
      row.cells.push(index === 0 || row.header ? text : '');
    }
    this.#cell = undefined;
  }

  #fillFromAbove(row: Row): void {
    while ((this.#fromAbove[row.cells.length] ?? 0) > 0 && row.cells.length < MAX_COLUMNS) {
      const column = row.cells.length;
      this.#fromAbove[column] = (this.#fromAbove[column] ?? 0) - 1;
      row.cells.push('');
    }
  }

  #endTable(): void {
    if (this.#depth === 1) {
      this.#endCell();
      this.#finished ||= this.#rows.length > 0;
    }
    this.#depth = Math.max(0, this.#depth - 1);
    this.#text(' ');
  }
}

/** Several lines of headings as one. */
function mergedHeader(lines: readonly string[][], columns: number): string[] {
  return Array.from({ length: columns }, (_, column) => {
    const parts = lines.map((line) => line[column] ?? '').filter((part) => part !== '');
    return [...new Set(parts)].join(' ');
  });
}

function span(attributes: string, name: 'rowspan' | 'colspan'): number {
  const written = new RegExp(`${name}\\s*=\\s*["']?(\\d{1,4})`, 'i').exec(attributes)?.[1];
  return Math.min(MAX_COLUMNS, Math.max(1, Number(written ?? 1)));
}

/** Tags and texts in order, without comments, styles and scripts. Takes no longer than the text is long. */
function* tokens(html: string): Generator<Token> {
  for (let position = 0; position < html.length;) {
    const open = html.indexOf('<', position);
    if (open === -1) {
      yield { text: html.slice(position) };
      return;
    }
    if (open > position) yield { text: html.slice(position, open) };
    const close = html.startsWith('<!--', open) ? endOf(html, '-->', open) : endOfTag(html, open);
    const [, tag, attributes] = /^<(\/?[a-z][a-z0-9]*)([^]*)>$/i.exec(html.slice(open, close)) ?? [];
    const name = tag?.toLowerCase();
    position = close;
    if (name === 'style' || name === 'script') position = endOf(html, `</${name}>`, close);
    else if (name !== undefined) yield { tag: name, attributes: attributes ?? '' };
  }
}

function endOf(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from);
  return found === -1 ? html.length : found + end.length;
}

/** After the `>` of the tag, which quoted values may contain. */
function endOfTag(html: string, open: number): number {
  let quote = '';
  for (let index = open + 1; index < html.length; index++) {
    const character = html.charAt(index);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index + 1;
  }
  return html.length;
}
