import path from 'node:path';
import type { Problem } from '../errors.ts';
import type { ConfigEntry, Request, RunSettings } from '../model.ts';
import type { NotebookSource } from './ports.ts';

/** What the entry says about its runs, and where it says nothing, the batch. */
export function runSettings({ settings }: ConfigEntry, request: Request): RunSettings {
  const { cwd, cellTimeoutMs, timeoutMs } = settings;
  return {
    kernel: settings.kernel,
    cwd: cwd === undefined ? request.workingDirectory : path.resolve(request.workingDirectory, cwd),
    env: settings.env,
    // null is "no limit" said for this entry; undefined is nothing said.
    cellTimeoutMs: cellTimeoutMs === null ? undefined : (cellTimeoutMs ?? request.cellTimeoutMs),
    timeoutMs: timeoutMs === null ? undefined : (timeoutMs ?? request.runTimeoutMs),
    startTimeoutMs: settings.startTimeoutMs ?? request.startTimeoutMs,
    memoryLimitBytes: settings.memoryLimitBytes,
    retries: settings.retries ?? request.retries,
    allowErrors: settings.allowErrors ?? request.allowErrors,
    tags: settings.tags,
    preload: settings.preload ?? request.preload,
  };
}

/** Entries whose `cwd` is no directory. */
export async function cwdProblems(
  entries: readonly ConfigEntry[],
  { workingDirectory, source }: { workingDirectory: string; source: NotebookSource },
): Promise<Problem[]> {
  const found = await Promise.all(
    entries.map(async (entry): Promise<Problem[]> => {
      const { cwd } = entry.settings;
      if (cwd === undefined || (await source.isDirectory(path.resolve(workingDirectory, cwd)))) return [];
      const message = `"${cwd}" is not a directory. Write a directory relative to ${workingDirectory}.`;
      return [{ ...entry.at('/run/cwd'), message }];
    }),
  );
  return found.flat();
}
