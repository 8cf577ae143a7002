import { inertText } from './inert-text.ts';

/** What the runner's comparison, which follows ICU's collation, may look through. */
const IGNORABLE = String.raw`[\p{Control}\p{Format}\p{Mark}\p{Default_Ignorable_Code_Point}\p{Surrogate}]`;
const V1_COMMAND = new RegExp(`(#${IGNORABLE}*#${IGNORABLE}*)(?=\\[)`, 'gu');
const V2_COMMAND = new RegExp(`^(?:\\s|${IGNORABLE})*:${IGNORABLE}*:`, 'u');

/**
 * Text as one line of a workflow's log that the runner takes for text: it executes `::command::` at the start of
 * a line and `##[command]` anywhere in it, whoever wrote them.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 *
 * The breaker is a visible character: the runner compares by culture, and zero-width ones do not count there.
 */
export function inertLogLine(text: string): string {
  const line = inertText(text).replace(V1_COMMAND, '$1\\');
  return V2_COMMAND.test(line) ? `\\${line}` : line;
}
