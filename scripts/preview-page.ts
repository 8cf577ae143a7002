/** Markdown as GitHub shows it, near enough to judge a design by. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Annotation } from '../src/report/annotations.ts';

export function markdownHtml(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return html.replace(/<pre><code class="language-mermaid">([^]*?)<\/code><\/pre>/g, (_, source: string) =>
    chartSvg(source.replaceAll('&quot;', '"').replaceAll('&gt;', '>')),
  );
}

export function commentHtml(markdown: string): string {
  return `<div class="comment"><div class="head"><b>github-actions</b> <span class="bot">bot</span> commented now</div>
<div class="markdown">${markdownHtml(markdown)}</div></div>`;
}

export function summaryHtml(markdown: string): string {
  return `<div class="summary"><div class="head">notebooks summary</div><div class="markdown">${markdownHtml(markdown)}</div></div>`;
}

export function annotationsHtml(annotations: readonly Annotation[]): string {
  const rows = annotations.map(
    ({ level, title, message, file, line }) => `<div class="annotation ${level}">
<div class="place">${escape(file ?? '')}${line === undefined ? '' : `#L${line}`}</div>
<b>${escape(title)}</b><pre>${escape(message)}</pre></div>`,
  );
  return `<div class="annotations">${rows.join('')}</div>`;
}

export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>${STYLE}</style></head><body>${body}</body></html>`;
}

/** A line chart as Mermaid's xychart draws it: enough of its language for what we write. */
function chartSvg(source: string): string {
  const colours = /plotColorPalette": "([^"]*)"/.exec(source)?.[1]?.split(', ') ?? [];
  const [, xName = '', labelText = ''] = /x-axis "([^"]*)" \[(.*)\]/.exec(source) ?? [];
  const [, yName = '', low = '0', high = '1'] = /y-axis "([^"]*)" (\S+) --> (\S+)/.exec(source) ?? [];
  const labels = labelText.split(', ').map((label) => label.slice(1, -1));
  const lines = [...source.matchAll(/^ *line \[(.*)\]$/gm)].map(([, values = '']) =>
    values.split(', ').map(Number),
  );
  const [left, right, top, bottom] = [70, 630, 12, 222];
  const x = (index: number): number => left + ((index + 0.5) * (right - left)) / labels.length;
  const y = (value: number): number =>
    bottom - ((value - Number(low)) / (Number(high) - Number(low))) * (bottom - top);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => Number(low) + share * (Number(high) - Number(low)));
  return `<svg class="chart" viewBox="0 0 640 280" width="640" height="280" xmlns="http://www.w3.org/2000/svg">
${ticks.map((tick) => `<text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`).join('')}
${labels.map((label, index) => `<text x="${x(index)}" y="${bottom + 18}" text-anchor="middle">${label}</text>`).join('')}
<text x="${(left + right) / 2}" y="${bottom + 44}" text-anchor="middle" class="name">${xName}</text>
<text x="16" y="${(top + bottom) / 2}" text-anchor="middle" class="name" transform="rotate(-90 16 ${(top + bottom) / 2})">${yName}</text>
<path d="M${left} ${top}V${bottom}H${right}" class="axis"/>
${lines.map((values, index) => `<path d="${values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')}" stroke="${colours[index] ?? 'black'}" class="line"/>`).join('')}
</svg>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const STYLE = `
body { margin: 0; padding: 20px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; width: 860px; }
h1.what { font-size: 15px; color: #59636e; margin: 0 0 12px; font-weight: 600; }
.comment, .summary, .annotations { border: 1px solid #d1d9e0; border-radius: 6px; margin-bottom: 24px; overflow: hidden; }
.head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; }
.head b { color: #1f2328; }
.bot { border: 1px solid #d1d9e0; border-radius: 2em; font-size: 12px; padding: 0 6px; }
.markdown { padding: 16px; }
.markdown > :first-child { margin-top: 0; }
.markdown h3 { font-size: 17.5px; margin: 0 0 12px; }
.markdown h4 { font-size: 14px; margin: 20px 0 10px; }
.markdown p, .markdown details, .markdown ul, .markdown pre, .markdown .chart { margin: 0 0 14px; }
.markdown ul { padding-left: 24px; }
.markdown a { color: #0969da; }
.markdown table { border-collapse: collapse; margin: 0 0 14px; display: block; max-width: 100%; overflow: auto; }
.markdown th, .markdown td { border: 1px solid #d1d9e0; padding: 5px 12px; }
.markdown tr:nth-child(2n) { background: #f6f8fa; }
.markdown code { background: #818b981f; border-radius: 6px; font: 85% "DejaVu Sans Mono", monospace; padding: 2px 5px; white-space: break-spaces; }
.markdown pre { background: #f6f8fa; border-radius: 6px; padding: 12px 14px; overflow: auto; line-height: 1.4; }
.markdown pre code { background: none; padding: 0; white-space: pre; }
.markdown summary { cursor: pointer; margin-bottom: 8px; }
.chart { display: block; font-size: 12px; } .chart text { fill: #1f2328; } .chart .name { font-size: 13px; }
.chart path { fill: none; } .chart .axis { stroke: #59636e; } .chart .line { stroke-width: 2.5; }
.annotation { padding: 10px 16px; border-left: 4px solid #cf222e; border-top: 1px solid #d1d9e0; }
.annotation.warning { border-left-color: #9a6700; }
.annotation .place { color: #59636e; font: 12px "DejaVu Sans Mono", monospace; }
.annotation pre { margin: 4px 0 0; font: 12px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
`;
