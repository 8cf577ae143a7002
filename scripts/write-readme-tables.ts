/** Writes the tables of README.md from action.yml: npx node scripts/write-readme-tables.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Described {
  readonly description: string;
  readonly default?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}
type Row = readonly [name: string, described: Described];

const NOT_YET = /^Not yet: /;

/** The README with its tables made anew, each between `<!-- name:begin -->` and `<!-- name:end -->`. */
export function withTables(readme: string, actionYaml: string): string {
  const action = parse(actionYaml) as Action;
  const inputs = Object.entries(action.inputs);
  const outputs = Object.entries(action.outputs);
  const tables = {
    inputs: table(['Input', 'Default', 'Meaning'], inputs.filter(isThere).map(inputRow)),
    'inputs-not-yet': table(['Input', 'Meaning'], inputs.filter(isToCome).map(row)),
    outputs: table(['Output', 'Meaning'], outputs.filter(isThere).map(row)),
  };
  return Object.entries(tables).reduce((text, [name, made]) => between(text, name, made), readme);
}

function between(text: string, name: string, table: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
}

/** With columns as wide as their widest cell, which is how prettier leaves them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column]?.length ?? title.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A longer default would widen its column until the meanings have no room; it is told behind the meaning. */
const LONGEST_DEFAULT = 24;

function inputRow([name, described]: Row): string[] {
  const preset = described.default === undefined ? '' : `\`${described.default}\``;
  if (preset.length <= LONGEST_DEFAULT) return [`\`${name}\``, preset, meaning(described)];
  return [`\`${name}\``, '', `${meaning(described)} Default: ${preset}.`];
}

function row([name, described]: Row): string[] {
  return [`\`${name}\``, meaning(described)];
}

/** Without the default where it has a column of its own; as text that Markdown leaves alone. */
function meaning({ description }: Described): string {
  const text = description.replace(NOT_YET, '');
  const begins = /^[a-z]+:/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1); // not a value
  return begins.replaceAll(/[|<*_]/g, '\\$&');
}

function isToCome([, { description }]: Row): boolean {
  return NOT_YET.test(description);
}

function isThere(row: Row): boolean {
  return !isToCome(row);
}

if (process.argv[1] === import.meta.filename) {
  const [readme, action] = ['README.md', 'action.yml'].map((file) => new URL(`../${file}`, import.meta.url));
  if (readme && action)
    writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), readFileSync(action, 'utf8')));
}
