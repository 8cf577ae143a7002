import type { Parameters, RunError, RunResult } from '../model.ts';
import { cutToWidth } from './display-width.ts';
import { errorText, outputRemark, reasonText } from './failure-text.ts';
import { formatDuration } from './format-duration.ts';
import { inertLogLine } from './inert-log-line.ts';
import { relativePath } from './relative-path.ts';
import { COUNT_TONES, STATUS_WORDS, statusSign } from './status-words.ts';
import { valueJson } from '../notebook/value-json.ts';

/** One run in the log of a workflow, to be printed at once when the run ends. Every line is inert. */
export interface LogGroup {
  /** Printed before the group, where it is seen without opening it: what went wrong. */
  readonly outside: readonly string[];
  readonly title: string;
  readonly lines: readonly string[];
}

const MAX_PARAMETERS = 50;
const MAX_VALUE_COLUMNS = 200;
const MAX_TRACEBACK_LINES = 200;
const MAX_LINE_COLUMNS = 1_000;

export function logGroup(result: RunResult, options: { readonly workingDirectory: string }): LogGroup {
  const { run, status } = result;
  const words = STATUS_WORDS[status];
  const took = result.attempts === 0 ? '' : ` in ${formatDuration(result.durationMs)}`;
  const headline = `${statusSign(status, true)} ${run.name}: ${words.long}${took}`;
  const failed = COUNT_TONES[words.counts] === 'bad';
  return {
    outside: failed ? [line(withReason(headline, result))] : [],
    title: line(failed ? headline : withReason(headline, result)),
    lines: [
      `notebook    ${run.notebook}`,
      ...parameterLines(run.parameters),
      `output      ${relativePath(options.workingDirectory, run.outputPath)}`,
      `cells       ${result.cells.executed} of ${result.cells.total} executed`,
      ...optional('attempts    ', result.attempts > 1 ? String(result.attempts) : undefined),
      ...optional('note        ', outputRemark(result)),
      ...result.warnings.map((warning) => `warning     ${warning}`),
      ...(result.error === undefined ? [] : errorLines(result.error)),
    ].map(line),
  };
}

function withReason(headline: string, result: RunResult): string {
  const reason = reasonText(result);
  return reason === '' ? headline : `${headline}: ${reason}`;
}

function parameterLines(parameters: Parameters): string[] {
  const lines = [...parameters].slice(0, MAX_PARAMETERS).map(([name, value], index) => {
    return `${index === 0 ? 'parameters  ' : '            '}${name} = ${cutToWidth(valueJson(value), MAX_VALUE_COLUMNS)}`;
  });
  const more = parameters.size - lines.length;
  return more > 0 ? [...lines, `            and ${more} more`] : lines;
}

/** The bar keeps problem matchers off the traceback too: setup-python's would annotate `File "…", line 3`. */
function errorLines(error: RunError): string[] {
  const traceback =
    error.traceback.trim() === '' ? [errorText(error)] : error.traceback.trimEnd().split('\n');
  const cut = traceback.length - MAX_TRACEBACK_LINES;
  const kept = cut > 0 ? [`… ${cut} lines above`, ...traceback.slice(cut)] : traceback;
  return ['error', ...kept.map((text) => `| ${text}`)];
}

function optional(key: string, text: string | undefined): string[] {
  return text === undefined ? [] : [key + text];
}

function line(text: string): string {
  return cutToWidth(inertLogLine(text), MAX_LINE_COLUMNS).trimEnd();
}
