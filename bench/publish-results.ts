import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { plotSvg } from './plot.ts';
import { resultsText } from './results-text.ts';
import { type Results, summarise } from './summarise.ts';

const BEGIN = '<!-- Written by `npm run bench`: not to be edited. -->';
const END = '<!-- The end of what `npm run bench` writes. -->';

/** The numbers as JSON, as a plot, and in docs/performance.md between its two marks. */
export async function publishResults(root: string, results: Results): Promise<void> {
  await writeFormatted(join(root, 'bench/results.json'), JSON.stringify(results));
  writeFileSync(join(root, 'docs/performance.svg'), plotSvg(summarise(results.measurements)));
  const page = join(root, 'docs/performance.md');
  const text = readFileSync(page, 'utf8');
  const [before, rest] = split(text, BEGIN);
  const [, after] = split(rest, END);
  await writeFormatted(page, `${before}${BEGIN}\n\n${resultsText(results)}\n${END}${after}`);
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`docs/performance.md has lost its mark ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

async function writeFormatted(path: string, text: string): Promise<void> {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
