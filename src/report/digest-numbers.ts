import { isJsonObject } from '../notebook/json-shape.ts';
import { isRawNumber } from '../notebook/raw-number.ts';
import type { Cell, Json, MimeBundle, Notebook } from '../notebook/types.ts';
import { htmlTable } from './html-table.ts';
import type { TableDigest } from './publication.ts';

/** What scrapbook's `glue` and, before it, papermill's `record` leave in an output. */
const SCRAP = 'application/scrapbook.scrap.json+json';
const RECORD = 'application/papermill.record+json';

const MAX_NUMBERS = 12;
const MAX_NAME_CHARS = 60;

/**
 * The numbers that a notebook ends with, by name: those it glued with scrapbook; else the numbers of a last table of
 * one row, by column; else the value of its last cell, named as the cell's last line calls it.
 */
export function digestNumbers({ cells }: Notebook): ReadonlyMap<string, number> {
  const glued = cells.flatMap(bundlesOf).flatMap(gluedNumbers);
  if (glued.length > 0) return named(glued);
  const last = cells.findLast((cell) => bundlesOf(cell).length > 0);
  const bundle = last === undefined ? undefined : bundlesOf(last).at(-1);
  if (last === undefined || bundle === undefined) return new Map();
  const html = bundle['text/html'];
  const table = typeof html === 'string' ? htmlTable(html) : undefined;
  if (table !== undefined) return named(rowNumbers(table));
  const value = numberOf(bundle['text/plain']);
  return named(value === undefined ? [] : [[valueName(last), value]]);
}

function bundlesOf(cell: Cell): MimeBundle[] {
  return (cell.outputs ?? []).flatMap((output) =>
    output.output_type === 'display_data' || output.output_type === 'execute_result' ? [output.data] : [],
  );
}

type NamedNumber = readonly [name: string, value: number];

function named(numbers: readonly NamedNumber[]): ReadonlyMap<string, number> {
  const short = numbers.map(([name, value]): NamedNumber => [name.slice(0, MAX_NAME_CHARS), value]);
  return new Map(short.slice(0, MAX_NUMBERS));
}

function gluedNumbers(bundle: MimeBundle): NamedNumber[] {
  const { [SCRAP]: scrap, [RECORD]: record } = bundle;
  if (isJsonObject(scrap) && typeof scrap['name'] === 'string') {
    const value = jsonNumber(scrap['data']);
    return value === undefined ? [] : [[scrap['name'], value]];
  }
  if (!isJsonObject(record)) return [];
  return Object.entries(record).flatMap(([name, data]) => {
    const value = jsonNumber(data);
    return value === undefined ? [] : [[name, value]];
  });
}

function rowNumbers({ header, rows, of }: TableDigest): NamedNumber[] {
  const [row] = rows;
  if (row === undefined || of.rows !== 1) return [];
  return header.flatMap((name, column) => {
    const value = numberOf(row[column]);
    // The index of a DataFrame has no name.
    return name === '' || value === undefined ? [] : [[name, value]];
  });
}

function jsonNumber(value: Json | undefined): number | undefined {
  const number = isRawNumber(value) ? Number(value.rawJSON) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** `0.93`, `np.float64(0.93)`, `array(0.93)`, `tensor(0.93)`. */
function numberOf(text: Json | undefined): number | undefined {
  if (typeof text !== 'string' || text.length > 60) return undefined;
  const written = /^(?:[a-z_][\w.]{0,30}\()?([-+]?[\d.]+(?:e[-+]?\d+)?)\)?$/i.exec(text.trim())?.[1];
  const value = written === undefined ? NaN : Number(written);
  return Number.isFinite(value) ? value : undefined;
}

function valueName({ source }: Cell): string {
  const line = source.trim().split('\n').at(-1)?.trim() ?? '';
  return /^[\w. ]{1,40}$/.test(line) ? line : 'value';
}
