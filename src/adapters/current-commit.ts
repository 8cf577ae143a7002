import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const DEADLINE_MS = 5_000;

/** The commit that is checked out: the workflow's, else what git says; undefined outside a repository. */
export async function currentCommit(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (env['GITHUB_SHA'] !== undefined && env['GITHUB_SHA'] !== '') return env['GITHUB_SHA'];
  const asked = promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: directory, timeout: DEADLINE_MS });
  return asked.then(({ stdout }) => stdout.trim()).catch(() => undefined);
}
