import type { RunResult } from '../model.ts';
import { commentMarker } from './comment-marker.ts';
import { cellLabel, errorText } from './failure-text.ts';
import { formatDuration } from './format-duration.ts';
import { codeInTable, codeSpan, link, prose } from './inert-markdown.ts';
import type { LiveBatch } from './live-batch.ts';
import { finishedCount, type LiveView, type RunningRun } from './live-view.ts';
import { markdownTable } from './markdown-table.ts';
import type { CommentWriter, Links } from './publication.ts';
import type { Redact } from './redact.ts';
import { STATUS_WORDS } from './status-words.ts';
import { timeLeftText } from './time-left.ts';
import { counted } from './verdict-text.ts';

export interface LiveCommentOptions {
  readonly links: Links;
  readonly key: string;
  readonly title: string;
  readonly writer: CommentWriter | undefined;
  /** Hash of the commit that the workflow run is about. */
  readonly commit: string | undefined;
}

/** A wider pool is not read line by line. */
const MOST_RUNNING = 20;

/** The comment of a batch that goes on: counts, the time left, what failed, what runs. A few thousand characters. */
export function liveCommentBody(
  { view, failures }: LiveBatch,
  options: LiveCommentOptions & { readonly redact: Redact; readonly nowMs: number },
): string {
  const { redact } = options;
  const running = view.slots.filter((slot) => slot !== undefined);
  const rows = [
    ...failures.map((result) => failedRow(result, redact)),
    ...running.slice(0, MOST_RUNNING).map((run) => runningRow(run, redact)),
  ];
  const columns = [{ heading: '' }, { heading: 'run' }, { heading: 'where it is' }];
  return body(options, [
    `### ⏳ ${named(options.title)}${headline(view, options.nowMs)}`,
    ...(rows.length === 0 ? [] : [markdownTable(columns, rows)]),
    othersText(view, { failures: failures.length, running: running.length }),
    '<sub>Written anew while the batch runs. When it is over, its report stands here.</sub>',
  ]);
}

/** What takes the place of the above when its batch left no results. */
export function unfinishedCommentBody(options: LiveCommentOptions): string {
  return body(options, [
    `### ❌ ${named(options.title)}the batch ended without results`,
    `Its step was killed, or failed before the results were written. The ${link('log of the workflow run', options.links.runUrl)} says more.`,
  ]);
}

function body({ links, commit, key, writer }: LiveCommentOptions, [head, ...blocks]: string[]): string {
  const places = [
    ...(links.artifactUrl === undefined ? [] : [link('Executed notebooks', links.artifactUrl)]),
    ...(links.runUrl === undefined ? [] : [link('Workflow run', links.runUrl)]),
    ...(commit === undefined ? [] : [`Commit ${link(codeSpan(commit.slice(0, 7)), links.commitUrl)}`]),
  ].join(' · ');
  const parts = [commentMarker(key, writer), head, places, ...blocks];
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

function named(title: string): string {
  return title === '' ? '' : `${prose(title, 100)} · `;
}

function headline(view: LiveView, nowMs: number): string {
  const { failed } = view.counts;
  const left = view.expectedEndMs === undefined ? undefined : timeLeftText(view.expectedEndMs - nowMs);
  return [
    `${finishedCount(view)} of ${counted(view.total, 'run')} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    formatDuration(nowMs - view.startedMs),
    ...(left === undefined ? [] : [left]),
  ].join(' · ');
}

function failedRow({ run, status, error }: RunResult, redact: Redact): string[] {
  const hide = (text: string): string => redact(text).text;
  const where =
    error === undefined
      ? []
      : [
          ...[cellLabel(error) ?? []].flat(),
          codeInTable(errorText({ ...error, ename: hide(error.ename), evalue: hide(error.evalue) })),
        ];
  return [`❌ ${STATUS_WORDS[status].long}`, codeInTable(hide(run.name), 60), where.join(' · ')];
}

function runningRow({ key, cell, attempt }: RunningRun, redact: Redact): string[] {
  const where = cell === undefined ? 'its kernel starts' : `cell ${cell.number} of ${cell.of}`;
  return [
    '▶️ running',
    codeInTable(redact(key).text, 60),
    attempt > 1 ? `${where} (attempt ${attempt})` : where,
  ];
}

/** What the table does not show. */
function othersText(view: LiveView, shown: { readonly failures: number; readonly running: number }): string {
  const { passed, failed, skipped } = view.counts;
  const waiting = view.total - finishedCount(view) - shown.running;
  const counts: readonly (readonly [number, string])[] = [
    [failed - shown.failures, 'more failed'],
    [shown.running - MOST_RUNNING, 'more running'],
    [passed, 'passed'],
    [skipped, 'skipped'],
    [waiting, 'waiting'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(' · ');
}
