/** Checks the Python that ships with the program: ruff and mypy --strict, in an environment of their own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonWith } from './python-with.ts';

const root = join(import.meta.dirname, '..');
const executable = await pythonWith('python/requirements-check.txt');
const checks = [
  ['ruff', 'check', '.'],
  ['ruff', 'format', '--check', '.'],
  ['mypy', '--strict', '--no-error-summary', '.'],
];
const statuses = checks.map((check) => {
  const { status } = spawnSync(executable, ['-m', ...check], { cwd: join(root, 'python'), stdio: 'inherit' });
  if (status !== 0) process.stderr.write(`${check.join(' ')} failed\n`);
  return status;
});
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
