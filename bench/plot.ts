import { CASES } from './cases.ts';
import { CONTENDERS } from './contenders.ts';
import { threeDigits } from './figures.ts';
import type { Summary } from './summarise.ts';

const WIDTH = 920;
const LABELS = 350;
const NUMBERS = 90;
const ROW = 22;
const CASE_GAP = 42;
const OURS = '#0072b2';
const OTHERS = '#b8b8b8';

/** Time per run, one bar for each contender, each case to its own scale. */
export function plotSvg(summaries: readonly Summary[]): string {
  const parts: string[] = [];
  let y = 8;
  for (const { id, title } of CASES) {
    const rows = summaries.filter((one) => one.case === id);
    // Beside nobody else there is nothing to compare, and what the rows of e- compare is memory.
    if (rows.length < 2 || id.startsWith('e-')) continue;
    y += CASE_GAP - ROW;
    parts.push(text({ x: 12, y, content: `${id}: ${title}`, bold: true }));
    y += 8;
    const longest = Math.max(...rows.map((row) => row.wallMs / row.runs));
    for (const row of rows) {
      const perRun = row.wallMs / row.runs;
      const width = Math.max(1, ((WIDTH - LABELS - NUMBERS - 24) * perRun) / longest);
      const fill = row.contender === 'ours' ? OURS : OTHERS;
      parts.push(
        text({ x: 12, y: y + 14, content: CONTENDERS[row.contender].title }),
        `<rect x="${LABELS}" y="${y + 2}" width="${width.toFixed(1)}" height="${ROW - 6}" fill="${fill}"/>`,
        text({ x: LABELS + width + 8, y: y + 14, content: `${threeDigits(perRun / 1000)} s` }),
      );
      y += ROW;
    }
  }
  const height = y + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Wall time for each run, by case and program; shorter is better">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function text(options: { x: number; y: number; content: string; bold?: boolean }): string {
  const weight = options.bold === true ? ' font-weight="600"' : '';
  return `<text x="${options.x.toFixed(1)}" y="${options.y}" fill="#202020"${weight}>${options.content}</text>`;
}
