import type { Plan, Run, Value } from '../model.ts';
import { valueJson } from '../notebook/value-json.ts';
import { relativePath } from './relative-path.ts';

/**
 * The plan for other programs: an array with an object for each run, paths relative to the working directory with
 * `/`, numbers as Python writes them, times in milliseconds, null for no limit. Ends in a newline.
 */
export function planJson(plan: Plan, workingDirectory: string): string {
  return `${valueJson(
    plan.runs.map((run) => runValue(run, workingDirectory)),
    2,
  )}\n`;
}

function runValue(run: Run, workingDirectory: string): Value {
  const { settings } = run;
  return object({
    name: run.name,
    notebook: run.notebook,
    kernel: run.kernelName,
    outputLabel: run.outputLabel,
    outputPath: relativePath(workingDirectory, run.outputPath),
    parameters: run.parameters,
    varies: run.varies,
    cwd: relativePath(workingDirectory, settings.cwd),
    env: settings.env,
    cellTimeoutMs: whole(settings.cellTimeoutMs),
    timeoutMs: whole(settings.timeoutMs),
    startTimeoutMs: whole(settings.startTimeoutMs),
    memoryLimitBytes: whole(settings.memoryLimitBytes),
    retries: whole(settings.retries),
    allowErrors: settings.allowErrors,
    tags: settings.tags,
    preload: settings.preload,
  });
}

function object(members: Readonly<Record<string, Value>>): Value {
  return new Map(Object.entries(members));
}

/** Our own numbers are counts: written without a point. */
function whole(value: number | undefined): Value {
  if (value === undefined) return null;
  return Number.isInteger(value) ? BigInt(value) : value;
}
