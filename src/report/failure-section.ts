import type { RunDigest, Links } from './publication.ts';
import { lastLines } from './cut-text.ts';
import type { Detail } from './detail.ts';
import { cellLabel, errorText, outputRemark } from './failure-text.ts';
import { type FailureGroup, failureGroups } from './failure-groups.ts';
import { codeBlock, codeInHtml, codeSpan, link } from './inert-markdown.ts';
import { parametersText } from './parameters-text.ts';
import { sourceUrl } from './source-url.ts';
import { STATUS_WORDS } from './status-words.ts';
import { failingSource, tracebackTail } from './traceback-frames.ts';

export interface FailureContext {
  readonly links: Links;
  readonly detail: Detail;
  /** Root of the checkout, absolute. */
  readonly repository: string;
}

/** Names of a group's runs in its heading, and below it. */
const NAMES_IN_HEADING = 2;
const NAMES_BELOW = 20;
const HEADING_CHARS = 120;
/** The first messages show in what they differ. */
const MESSAGES_BELOW = 8;
const MESSAGE_CHARS = 80;
/** More open folds than that push everything else off the screen. */
const MOST_OPEN = 2;

/** Blocks of Markdown: a fold for each way in which runs failed, then a line for each further one. */
export function failureSection(runs: readonly RunDigest[], context: FailureContext): string[] {
  const groups = failureGroups(runs);
  const { failures, briefFailures } = context.detail;
  const long = groups.slice(0, failures);
  const open = groups.length <= MOST_OPEN;
  const brief = groups.slice(long.length, long.length + briefFailures);
  const more = groups.slice(long.length + brief.length);
  return [
    ...long.map((group) => fold(group, { ...context, open })),
    ...(brief.length === 0 ? [] : [brief.map(briefLine).join('\n')]),
    ...(more.length === 0 || failures + briefFailures === 0
      ? []
      : [`…and ${more.reduce((sum, group) => sum + group.length, 0)} more failed runs.`]),
  ];
}

function fold(group: FailureGroup<RunDigest>, context: FailureContext & { readonly open: boolean }): string {
  const blocks = [
    placeLine(group, context),
    ...codeBlocks(group[0], context.detail),
    alsoText(group, context.detail),
  ];
  return [
    `<details${context.open ? ' open' : ''}>`,
    `<summary>❌ ${heading(group, codeInHtml)}</summary>`,
    '',
    ...blocks.filter((block) => block !== '').flatMap((block) => [block, '']),
    '</details>',
  ].join('\n');
}

function briefLine(group: FailureGroup<RunDigest>): string {
  return `- ❌ ${heading(group, codeSpan)}`;
}

/** Which runs, where, and with what error. */
function heading(group: FailureGroup<RunDigest>, code: (text: string, chars?: number) => string): string {
  const names = group.slice(0, NAMES_IN_HEADING).map(({ result }) => code(result.run.name, 60));
  const more = group.length - names.length;
  const { status, error } = group[0].result;
  return [
    `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ...(status === 'failed' ? [] : [STATUS_WORDS[status].long]),
    ...(error === undefined ? [] : [...wherePlain(group[0]), code(errorText(error), HEADING_CHARS)]),
  ].join(' · ');
}

function wherePlain({ result: { error } }: RunDigest): string[] {
  const cell = error === undefined ? undefined : cellLabel(error);
  const line = error === undefined ? undefined : failingSource(error)?.line;
  if (cell === undefined) return [];
  return [line === undefined ? cell : `${cell}, line ${line}`];
}

/** Notebook, its line in the repository, and the parameters of the first run. */
function placeLine(
  [{ result }, ...others]: FailureGroup<RunDigest>,
  { links, repository }: FailureContext,
): string {
  const { run, error } = result;
  const url = sourceUrl(run.notebookPath, { repository, blobUrl: links.blobUrl, line: error?.line });
  const notebook = link(codeSpan(run.notebook), url);
  const parameters = others.length > 0 ? '' : parametersText(run.parameters, { max: 6 });
  const seen = links.ofRun?.(run, error?.executionCount ?? 'failed');
  return [
    error?.line === undefined || url === undefined ? notebook : `${notebook} line ${error.line}`,
    ...(parameters === '' ? [] : [parameters]),
    ...(result.attempts > 1 ? [`${result.attempts} attempts`] : []),
    ...(outputRemark(result) === undefined ? [] : [outputRemark(result)]),
    ...(seen === undefined ? [] : [link('executed notebook', seen)]),
  ].join(' · ');
}

/** The line that failed, what the heading does not say of the error, and what was printed last before. */
function codeBlocks({ result, failure, language }: RunDigest, detail: Detail): string[] {
  const { chars } = detail;
  const printed = codeBlock(lastLines(failure?.lastLines ?? [], detail.lines), { chars });
  return [
    codeBlock(sourceLines(result, failure, detail), { language: LANGUAGES.get(language), chars }),
    codeBlock(errorLines(result, detail), { chars }),
    ...(printed === '' ? [] : ['The last lines printed before:', printed]),
  ];
}

function sourceLines(
  { error }: RunDigest['result'],
  failure: RunDigest['failure'],
  { lines }: Detail,
): string[] {
  const failing = error === undefined ? undefined : failingSource(error);
  if (failing !== undefined) return [failing.source];
  return (failure?.source ?? []).slice(0, Math.min(lines, 6));
}

/** The end of the traceback and the whole message; nothing when the heading has all of it. */
function errorLines({ error }: RunDigest['result'], { lines }: Detail): string[] {
  if (error === undefined) return [];
  const tail = tracebackTail(error, lines);
  const message = `${error.ename}: ${error.evalue.trim()}`.split('\n');
  if (tail.length === 0 && message.length === 1 && errorText(error).length <= HEADING_CHARS) return [];
  return [...tail, ...message.slice(0, Math.max(1, lines))];
}

/** The other runs of the group, with their messages where these differ. */
function alsoText([first, ...others]: FailureGroup<RunDigest>, { lines }: Detail): string {
  if (others.length === 0) return '';
  const message = ({ result }: RunDigest): string =>
    result.error === undefined ? '' : errorText(result.error);
  const differ = others.some((run) => message(run) !== message(first));
  const shown = others.slice(0, differ ? Math.min(lines, MESSAGES_BELOW) : NAMES_BELOW);
  const more = others.length > shown.length ? [`and ${others.length - shown.length} more`] : [];
  const names = shown.map((run) => {
    const name = codeSpan(run.result.run.name, 60);
    return differ ? `- ${name}: ${codeSpan(message(run), MESSAGE_CHARS)}` : name;
  });
  if (differ) return ['Failed alike:', '', ...names, ...more.map((text) => `- ${text}`)].join('\n');
  return `Failed alike: ${[...names, ...more].join(', ')}`;
}

/** Of the languages that GitHub colours; some other words after a fence draw a diagram or a map. */
const LANGUAGES: ReadonlyMap<string, string> = new Map(
  ['python', 'r', 'julia', 'scala', 'bash', 'powershell', 'matlab', 'ruby', 'javascript', 'typescript'].map(
    (name) => [name, name],
  ),
);
