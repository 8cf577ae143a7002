/** Audits the workflows and actions with zizmor, as its strictest persona and without asking anybody: npm run check:workflows */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { pythonWith } from './python-with.ts';

const root = join(import.meta.dirname, '..');
const executable = await pythonWith('python/requirements-check.txt');
const zizmor = join(dirname(executable), process.platform === 'win32' ? 'zizmor.exe' : 'zizmor');
const options = ['--offline', '--persona', 'auditor', '--no-progress', '--strict-collection'];
const places = ['.github/workflows', '.github/dependabot.yml', 'action.yml', 'report/action.yml'];
const { status } = spawnSync(zizmor, [...options, ...places], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
