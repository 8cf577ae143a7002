import * as core from '@actions/core';
import { inertLogLine } from '../report/inert-log-line.ts';
import type { Annotation } from '../report/annotations.ts';

/** Adds to the job's summary; says so in the log where a runner has none. */
export async function writeJobSummary(text: string): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) {
    core.info('There is no job summary here.');
    return;
  }
  await core.summary.addRaw(text, true).write();
}

/** A remark at a line of a file, where "Files changed" shows it. */
export function annotate({ level, file, line, title, message }: Annotation): void {
  const say = level === 'error' ? core.error : core.warning;
  say(message, {
    title,
    ...(file === undefined ? {} : { file }),
    ...(file === undefined || line === undefined ? {} : { startLine: line }),
  });
}

export function notice(text: string): void {
  core.notice(inertLogLine(text));
}

export function warn(text: string): void {
  core.warning(inertLogLine(text));
}
