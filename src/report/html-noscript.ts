import { formatDuration } from './format-duration.ts';
import { escapeHtml } from './html-escape.ts';
import type { ReadResults, ReadRun } from './html-read-results.ts';
import { STATUS_WORDS } from './status-words.ts';

/** What the report says without script: the table of runs, and the errors. */
export function noscriptOverview({ runs, durationMs }: ReadResults): string {
  const failing = runs.filter(({ error }) => error !== null);
  return [
    `<h1>${escapeHtml(verdict(runs))}</h1>`,
    `<p>${formatDuration(durationMs)} in all. The notebooks themselves are shown with JavaScript.</p>`,
    '<table><thead><tr><th scope="col">Run</th><th scope="col">Status</th><th scope="col">Duration</th>',
    '<th scope="col">Parameters</th></tr></thead><tbody>',
    ...runs.map(row),
    '</tbody></table>',
    ...failing.map(errorSection),
  ].join('\n');
}

/** `7 of 8 runs passed`, also the title of the page. */
export function verdict(runs: readonly Pick<ReadRun, 'status'>[]): string {
  const counted = runs.filter(({ status }) => STATUS_WORDS[status].counts !== 'skipped').length;
  const passed = runs.filter(({ status }) => status === 'passed').length;
  if (counted === 0) return runs.length === 0 ? 'No runs' : 'All runs were skipped';
  if (passed === counted) return counted === 1 ? 'The run passed' : `All ${counted} runs passed`;
  return `${counted - passed} of ${counted} ${counted === 1 ? 'run' : 'runs'} did not pass`;
}

function row({ name, status, durationMs, parameters }: ReadRun): string {
  const values = parameters.map(([key, text]) => `${escapeHtml(key)} = ${escapeHtml(shortened(text))}`);
  return (
    `<tr><th scope="row">${escapeHtml(name)}</th><td>${STATUS_WORDS[status].long}</td>` +
    `<td>${status === 'skipped' ? '' : formatDuration(durationMs)}</td><td>${values.join('<br>')}</td></tr>`
  );
}

function errorSection({ name, error }: ReadRun): string {
  if (error === null) return '';
  const place = error.executionCount === null ? '' : ` in cell [${error.executionCount}]`;
  return (
    `<h2>${escapeHtml(name)}</h2><p><strong>${escapeHtml(error.ename)}</strong>${place}: ` +
    `${escapeHtml(error.evalue)}</p><pre>${escapeHtml(error.traceback)}</pre>`
  );
}

const LONGEST_VALUE = 200;

function shortened(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}
