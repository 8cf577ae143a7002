import * as core from '@actions/core';
import type { Progress } from '../execute/ports.ts';
import { inertLogLine } from '../report/inert-log-line.ts';
import { logGroup } from '../report/log-groups.ts';
import type { Terminal } from '../report/ports.ts';

/** The log of a workflow as a place for lines: nothing can be drawn over, and no line is taken for a command. */
export const actionLog: Terminal = {
  size: () => ({ columns: Infinity, rows: Infinity }),
  draw: () => undefined,
  write: (lines) => lines.forEach((line) => core.info(inertLogLine(line))),
  [Symbol.dispose]: () => undefined,
};

/** Shows each run as a group of its own when it ends, and everything else as `others` does. */
export function withLogGroups(others: Progress, options: { workingDirectory: string }): Progress {
  return (event) => {
    if (event.kind !== 'run-finished') {
      others(event);
      return;
    }
    const group = logGroup(event.result, options);
    for (const line of group.outside) core.info(line);
    core.startGroup(group.title);
    for (const line of group.lines) core.info(line);
    core.endGroup();
  };
}
