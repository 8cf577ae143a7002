import type { BatchResult, RunError, RunResult } from '../model.ts';
import { cellLabel, errorText } from './failure-text.ts';
import { formatDuration } from './format-duration.ts';
import { inertText } from './inert-text.ts';
import { relativePath } from './relative-path.ts';
import { COUNT_TONES, STATUS_WORDS, statusSign } from './status-words.ts';
import { separated, styledLine } from './styled-line.ts';
import type { LineStyle, Span } from './styled-line.ts';
import { failingSource, tracebackTail } from './traceback-frames.ts';
import { totals } from './verdict.ts';
import { wrapText } from './wrap-text.ts';

export interface FinalTextOptions extends LineStyle {
  /** Absolute; shown paths are relative to it. */
  readonly workingDirectory: string;
  readonly outputDir: string;
  /** Undefined when results.json could not be written. */
  readonly resultsPath: string | undefined;
  /** Undefined when there is no report. */
  readonly reportPath?: string | undefined;
  /** The plan's; those of the runs are in the batch. */
  readonly warnings: readonly string[];
}

/** More failures than this are read in results.json rather than scrolled through. */
const MAX_DETAILS = 5;
const MAX_WARNINGS = 10;
const MAX_ERROR_LINES = 4;
const MAX_TRACEBACK_LINES = 6;

/** The last words of a batch on a terminal: failures, warnings, counts, and where everything is. */
export function finalText(batch: BatchResult, options: FinalTextOptions): string {
  const lines = [
    '',
    ...failureLines(batch, options),
    ...warningLines(batch, options),
    ...summaryLines(batch, options),
    ...placeLines(options),
  ];
  return `${lines.join('\n')}\n`;
}

function failureLines({ results }: BatchResult, options: FinalTextOptions): string[] {
  const failed = results.filter(({ status }) => STATUS_WORDS[status].counts === 'failed');
  // What ended by an error of its own says more than what was cancelled because of it.
  const detailed = [
    ...failed.filter(({ error }) => error !== undefined),
    ...failed.filter(({ error }) => error === undefined),
  ].slice(0, MAX_DETAILS);
  const more = failed.length - detailed.length;
  return [
    ...detailed.flatMap((result) => [...failureDetails(result, options), '']),
    ...(more > 0
      ? [styledLine([quiet(`  and ${more} more, see ${resultsPlace(options)}`)], options), '']
      : []),
  ];
}

function failureDetails(result: RunResult, options: FinalTextOptions): string[] {
  const { run, status, error } = result;
  const cell = error === undefined ? undefined : cellLabel(error);
  const heading = [
    { text: `${statusSign(status, options.unicode)} ${inertText(run.name)}`, tone: 'bad' },
    { text: `  ${STATUS_WORDS[status].long}` },
    quiet(`  ${inertText(run.notebook)}${cell === undefined ? '' : `, ${cell}`}`),
  ] as const;
  const executed = relativePath(options.workingDirectory, run.outputPath);
  return [
    styledLine(heading, options),
    ...(error === undefined ? [] : errorLines(error, options)),
    ...(result.attempts > 0 ? [whole([quiet(`    see ${inertText(executed)}`)], options)] : []),
  ];
}

function errorLines(error: RunError, options: FinalTextOptions): string[] {
  const failing = failingSource(error);
  const source = [
    quiet(`    ${failing?.line ?? ''} ${options.unicode ? '│' : '|'} `),
    { text: inertText(failing?.source ?? '') },
  ];
  const message = wrapText(errorText(error), {
    columns: Math.max(20, options.columns - 4),
    maxLines: MAX_ERROR_LINES,
    ellipsis: options.unicode ? '…' : '...',
  });
  return [
    ...(failing === undefined ? [] : [styledLine(source, options)]),
    ...message.map((text) => whole([{ text: `    ${text}`, tone: 'bad' }], options)),
    ...tracebackTail(error, MAX_TRACEBACK_LINES).map((text) =>
      styledLine([quiet(`      ${inertText(text)}`)], options),
    ),
  ];
}

function warningLines({ results }: BatchResult, options: FinalTextOptions): string[] {
  const all = [
    ...options.warnings,
    ...results.flatMap(({ run, warnings }) => warnings.map((text) => `${run.name}: ${text}`)),
  ];
  const more = all.length - MAX_WARNINGS;
  const lines = all
    .slice(0, MAX_WARNINGS)
    .map((text) => whole([{ text: '! ', tone: 'warning' }, { text: inertText(text) }], options));
  if (more > 0) {
    lines.push(styledLine([quiet(`  and ${more} more ${more === 1 ? 'warning' : 'warnings'}`)], options));
  }
  return lines.length === 0 ? [] : [...lines, ''];
}

function summaryLines(batch: BatchResult, options: FinalTextOptions): string[] {
  const count = totals(batch);
  const dot = quiet(options.unicode ? ' · ' : ', ');
  const runs: Span = { text: `${count.total} ${count.total === 1 ? 'run' : 'runs'}`, tone: 'strong' };
  const counted = (['failed', 'passed', 'skipped'] as const)
    .filter((kind) => count[kind] > 0)
    .map((kind): Span => ({ text: `${count[kind]} ${kind}`, tone: COUNT_TONES[kind] }));
  return [
    styledLine([label('batch'), ...separated([runs, ...counted], dot)], options),
    styledLine([label('time'), ...separated(timeSpans(batch), dot)], options),
  ];
}

/**
 * Wall time, then kernel time and their ratio. That is not called a speed-up: kernels that share a CPU take longer
 * than they would one by one.
 */
function timeSpans({ results, durationMs }: BatchResult): Span[] {
  const wall = { text: formatDuration(durationMs) };
  const executed = results.filter(({ attempts }) => attempts > 0);
  const kernelMs = executed.reduce((sum, result) => sum + result.durationMs, 0);
  const atOnce = kernelMs / durationMs;
  if (executed.length < 2 || durationMs < 1_000 || atOnce < 1.1) return [wall];
  return [
    wall,
    { text: `${formatDuration(kernelMs)} of kernel time` },
    { text: `${atOnce.toFixed(1)} kernels at once on average` },
  ];
}

function placeLines(options: FinalTextOptions): string[] {
  const folder = relativePath(options.workingDirectory, options.outputDir);
  const places = [whole([label('notebooks'), { text: inertText(`${folder}/`) }], options)];
  if (options.resultsPath !== undefined) {
    places.push(whole([label('results'), { text: resultsPlace(options) }], options));
  }
  if (options.reportPath !== undefined) {
    const report = relativePath(options.workingDirectory, options.reportPath);
    places.push(whole([label('report'), { text: inertText(report) }], options));
  }
  return places;
}

function resultsPlace({ workingDirectory, resultsPath }: FinalTextOptions): string {
  return resultsPath === undefined
    ? 'the lines above'
    : inertText(relativePath(workingDirectory, resultsPath));
}

/** Paths and messages are not cut: they are copied from here. */
function whole(spans: readonly Span[], options: LineStyle): string {
  return styledLine(spans, { ...options, columns: Infinity });
}

function label(text: string): Span {
  return quiet(text.padEnd(11));
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}
