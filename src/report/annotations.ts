import type { BatchResult, RunResult } from '../model.ts';
import { cutText, firstUnits } from './cut-text.ts';
import { cellLabel, errorText, outputRemark } from './failure-text.ts';
import { failureGroups } from './failure-groups.ts';
import { inertText } from './inert-text.ts';
import type { Links } from './publication.ts';
import { withShortError } from './short-error.ts';
import { repositoryPath } from './source-url.ts';
import { STATUS_WORDS } from './status-words.ts';
import { failingSource, tracebackTail } from './traceback-frames.ts';
import { counted } from './verdict-text.ts';

/** A remark at a line of a file, for `core.error` and `core.warning`. Texts are inert and have no colours. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  /** Relative to the repository, with `/`; undefined when the notebook stands outside of it. */
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  readonly title: string;
  /** At most 4,096 characters; may have several lines. */
  readonly message: string;
}

/** The runner keeps ten of a kind for each step: https://github.com/actions/runner `_maxCountPerIssueType`. */
const MOST_OF_A_KIND = 10;
const MAX_TITLE_CHARS = 255;
/** The runner cuts longer messages. */
const MAX_MESSAGE_CHARS = 4_096;
const MAX_LINE_CHARS = 500;
const MAX_NAMES = 10;
const MAX_TRACEBACK_LINES = 10;

export interface AnnotationContext {
  /** Root of the checkout, absolute. */
  readonly repository: string;
  readonly links?: Links | undefined;
}

/** At most ten errors and ten warnings; runs that failed alike share one, and the tenth says how many more there are. */
export function annotations(batch: BatchResult, context: AnnotationContext): readonly Annotation[] {
  const { repository } = context;
  const runs = batch.results.map((result) => ({ result: withShortError(result) }));
  const errors = failureGroups(runs).flatMap((group) => {
    const results = group.map(({ result }) => result);
    return group[0].result.error === undefined ? [] : [errorAnnotation(group[0].result, results, context)];
  });
  const warnings = batch.results.flatMap((result) => warningAnnotations(result, repository));
  return [...tenOf(errors, 'more errors'), ...tenOf(warnings, 'more warnings')];
}

function errorAnnotation(
  first: RunResult,
  results: readonly RunResult[],
  { repository, links }: AnnotationContext,
): Annotation {
  const { run, error, status } = first;
  const seen = links?.ofRun?.(run, error?.executionCount ?? 'failed');
  const cell = error === undefined ? undefined : cellLabel(error);
  const names = results.slice(0, MAX_NAMES).map((result) => cutText(inertText(result.run.name), 100));
  const more = results.length - names.length;
  const failing = error === undefined ? undefined : failingSource(error);
  const lines = [
    ...(error === undefined ? [] : [errorText(error)]),
    ...(failing === undefined ? [] : [`line ${failing.line} of the cell: ${failing.source}`]),
    ...(error === undefined ? [] : tracebackTail(error, MAX_TRACEBACK_LINES)),
    `${results.length === 1 ? 'Run' : `${results.length} runs`}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ...(seen === undefined || seen.length > MAX_LINE_CHARS ? [] : [`Executed notebook: ${seen}`]),
  ];
  const { long } = STATUS_WORDS[status];
  const what = status === 'failed' ? (error?.ename ?? long) : long.charAt(0).toUpperCase() + long.slice(1);
  return {
    level: 'error',
    file: repositoryPath(repository, run.notebookPath),
    line: error?.line,
    title: titleOf([what, ...(cell === undefined ? [] : [`in ${cell}`]), `of ${run.notebook}`].join(' ')),
    message: messageOf(lines),
  };
}

function warningAnnotations(result: RunResult, repository: string): Annotation[] {
  const { run, warnings } = result;
  return [...warnings, ...[outputRemark(result) ?? []].flat()].map((text) => ({
    level: 'warning',
    file: repositoryPath(repository, run.notebookPath),
    line: undefined,
    title: titleOf(run.name),
    message: messageOf([text]),
  }));
}

function tenOf(all: readonly Annotation[], what: string): readonly Annotation[] {
  const [first] = all;
  if (first === undefined || all.length <= MOST_OF_A_KIND) return all;
  const kept = all.slice(0, MOST_OF_A_KIND - 1);
  const others = all.slice(kept.length);
  return [
    ...kept,
    {
      level: first.level,
      file: undefined,
      line: undefined,
      title: `${others.length} ${what}`,
      message: messageOf(others.map(({ title }) => title)),
    },
  ];
}

function titleOf(text: string): string {
  return firstUnits(cutText(inertText(text), 120), MAX_TITLE_CHARS);
}

/** Whole lines, as many as there is room for. */
function messageOf(lines: readonly string[]): string {
  const room = MAX_MESSAGE_CHARS - 20;
  const kept: string[] = [];
  let used = 0;
  for (const line of lines.map((text) => firstUnits(cutText(inertText(text), MAX_LINE_CHARS), room))) {
    used += line.length + 1;
    if (used > room) break;
    kept.push(line);
  }
  const more = lines.length - kept.length;
  return more > 0 ? [...kept, `…and ${counted(more, 'line')} more`].join('\n') : kept.join('\n');
}
