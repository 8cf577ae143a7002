import { CASES } from './cases.ts';
import { CONTENDERS } from './contenders.ts';
import { figuresOf, threeDigits } from './figures.ts';
import { type Results, summarise, type Summary } from './summarise.ts';

/** The tables, as Markdown that reads well in a terminal too. */
export function resultsText(results: Results): string {
  const summaries = summarise(results.measurements);
  const tables = CASES.flatMap(({ id, title }) => {
    const rows = summaries.filter((one) => one.case === id);
    return rows.length === 0 ? [] : [`**${id}: ${title}**\n\n${table(HEADINGS, rows.map(rowOf))}`];
  });
  const figures = figuresOf(results).map((figure) => [
    figure.case,
    figure.what,
    figure.target,
    figure.measured,
    figure.reached ? 'yes' : '**no**',
  ]);
  return [
    table(['case', 'figure', 'to reach', 'measured', 'reached'], figures),
    ...tables,
    machineText(results),
  ].join('\n');
}

const HEADINGS = ['', 'runs', 'wall', 'per run', 'CPU per run', 'peak memory', '× ours', 'lost runs'];

function rowOf(summary: Summary): string[] {
  const { contender, runs, repeats, wallMs, cpuMs, peakPssBytes, timesOurs, lost } = summary;
  return [
    CONTENDERS[contender].title,
    repeats === 1 ? String(runs) : `${runs} (median of ${repeats})`,
    `${threeDigits(wallMs / 1000)} s`,
    `${threeDigits(wallMs / runs / 1000)} s`,
    `${threeDigits(cpuMs / runs / 1000)} s`,
    `${Math.round(peakPssBytes / 1_000_000)} MB`,
    timesOurs === undefined || contender === 'ours' ? '' : threeDigits(timesOurs),
    String(lost),
  ];
}

function machineText({ machine }: Results): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${machine.date}: ${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}; ${versions.join(', ')}.\n`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}
