import * as core from '@actions/core';
import type { Progress } from '../execute/ports.ts';
import { inertLogLine } from '../report/inert-log-line.ts';
import { logGroup } from '../report/log-groups.ts';
import type { Terminal } from '../report/ports.ts';

/** The log of a workflow as a place for lines: nothing can be drawn over, and no line is taken for a command. */
export interface ActionLog {
  readonly terminal: Terminal;
  /** Shows each run as a group of its own when it ends, and everything else as `others` does. */
  withGroups(others: Progress, options: { readonly workingDirectory: string }): Progress;
  /** Everything that was written, one line each. */
  text(): string;
}

export function openActionLog(): ActionLog {
  const written: string[] = [];
  const write = (line: string): void => {
    written.push(line);
    core.info(line);
  };
  return {
    terminal: {
      size: () => ({ columns: Infinity, rows: Infinity }),
      draw: () => undefined,
      write: (lines) => lines.map(inertLogLine).forEach(write),
      [Symbol.dispose]: () => undefined,
    },
    withGroups: (others, options) => (event) => {
      if (event.kind !== 'run-finished') {
        others(event);
        return;
      }
      const group = logGroup(event.result, options);
      group.outside.forEach(write);
      core.startGroup(group.title);
      written.push(group.title);
      group.lines.forEach(write);
      core.endGroup();
    },
    text: () => written.map((line) => `${line}\n`).join(''),
  };
}
