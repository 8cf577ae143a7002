import { parseArgs } from 'node:util';
import type { Problem } from '../errors.ts';
import { PROGRAM } from './help-text.ts';

/** `report RESULTS… [-o FILE]`. */
export interface ReportArguments {
  readonly command: 'report';
  /** At least one results.json, as written. */
  readonly results: readonly string[];
  readonly out: string;
}

/** Reads what follows the command `report`. */
export function parseReportArguments(
  args: readonly string[],
): ReportArguments | { readonly problems: readonly Problem[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: { output: { type: 'string', short: 'o' } },
    strict: false, // all mistakes are told together
    tokens: true,
    allowPositionals: true,
  });
  const problems: Problem[] = [];
  const results: string[] = [];
  let out = 'report.html';
  for (const token of tokens) {
    if (token.kind === 'positional') results.push(token.value);
    if (token.kind !== 'option') continue;
    const file = `option ${token.rawName}`;
    if (token.name !== 'output') {
      problems.push({ file, message: `unknown. See ${PROGRAM} report --help.` });
    } else if (token.value === undefined || token.value === '') {
      problems.push({ file, message: `needs a value: ${token.rawName} report.html` });
    } else out = token.value;
  }
  if (results.length === 0) {
    const cure = `Name the results.json of a batch: ${PROGRAM} report papermill_outputs/results.json`;
    problems.push({ file: 'argument RESULTS', message: `missing. ${cure}` });
  }
  return problems.length > 0 ? { problems } : { command: 'report', results, out };
}
