import { stripVTControlCharacters } from 'node:util';
import type { Parameters, Plan, Run, Value } from '../model.ts';
import { pythonRepr } from './python-text.ts';
import { relativePath } from './relative-path.ts';

const MAX_VALUE_CHARS = 40;

interface Column {
  readonly title: string;
  readonly cell: (run: Run) => string;
}

/** The plan for people: a table with a line for each run, and how many there are. Ends in a newline. */
export function planText(plan: Plan, workingDirectory: string): string {
  const columns: Column[] = [
    { title: 'RUN', cell: ({ name }) => name },
    { title: 'NOTEBOOK', cell: ({ notebook }) => notebook },
    { title: 'KERNEL', cell: ({ kernelName }) => kernelName },
    { title: 'VARIES', cell: variedValues },
    { title: 'OUTPUT', cell: ({ outputPath }) => relativePath(workingDirectory, outputPath) },
  ];
  const told = columns.filter(
    ({ title }) => title !== 'VARIES' || plan.runs.some(({ varies }) => varies.length > 0),
  );
  const rows = [
    told.map(({ title }) => title),
    ...plan.runs.map((run) => told.map(({ cell }) => plain(cell(run)))),
  ];
  const widths = told.map((_, index) =>
    rows.reduce((width, row) => Math.max(width, lengthOf(row[index])), 0),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index]))
      .join('  ')
      .trimEnd(),
  );
  const notebooks = new Set(plan.runs.map(({ notebookPath }) => notebookPath)).size;
  return [...lines, '', `${counted(plan.runs.length, 'run')} of ${counted(notebooks, 'notebook')}`, ''].join(
    '\n',
  );
}

/** `alpha=0.01 seed=1` */
function variedValues({ varies, parameters }: Run): string {
  const values = withConfigKeys(parameters);
  return varies.map((name) => `${name}=${shortened(pythonRepr(values.get(name) ?? null))}`).join(' ');
}

/** In the `config` form a sweep varies keys of that one variable. */
function withConfigKeys(parameters: Parameters): Parameters {
  const config: Value | undefined = parameters.get('config');
  return config instanceof Map ? new Map([...(config as Parameters), ...parameters]) : parameters;
}

function shortened(text: string): string {
  return text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS - 1)}…` : text;
}

/** What the user named, without what would steer a terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

function pad(text: string, width: number | undefined): string {
  return text + ' '.repeat(Math.max(0, (width ?? 0) - lengthOf(text)));
}

function lengthOf(text: string | undefined): number {
  return Array.from(text ?? '').length;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
