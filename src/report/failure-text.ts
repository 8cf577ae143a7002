import type { RunError, RunResult } from '../model.ts';
import { inertText } from './inert-text.ts';

/** Where in the notebook, as a reader counts: `cell 5 (In [4])`. Undefined when no cell is to blame. */
export function cellLabel(error: RunError): string | undefined {
  if (error.cellIndex === undefined) return undefined;
  const prompt = error.executionCount === undefined ? '' : ` (In [${error.executionCount}])`;
  return `cell ${error.cellIndex + 1}${prompt}`;
}

/** `ename: evalue` on one line, as long as it is. */
export function errorText({ ename, evalue }: RunError): string {
  return inertText([ename, evalue.trim()].filter(Boolean).join(': '));
}

/** Why a run did not pass, on one line: place and error, or what is known instead. Empty for a run that passed. */
export function reasonText({ error, status, warnings }: RunResult): string {
  if (error !== undefined) return [cellLabel(error), errorText(error)].filter(Boolean).join(' ');
  return status === 'passed' ? '' : inertText(warnings[0] ?? '');
}

/** What is missing from the notebook although its run may have passed; undefined when nothing is. */
export function outputRemark({ output }: RunResult): string | undefined {
  switch (output.kind) {
    case 'complete':
      return undefined;
    case 'truncated':
      return 'output cut to the limit';
    case 'lost':
      return `${output.messages} ${output.messages === 1 ? 'message' : 'messages'} of the kernel lost`;
    case 'unknown':
      return 'output may be incomplete';
  }
}
