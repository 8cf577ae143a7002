import { execFileSync } from 'node:child_process';
import { expect, inject, test } from 'vitest';
import { pythonFile } from '../../src/adapters/python-files.ts';
import { aFolder } from '../e2e/bundle.ts';

const HOSTILE = 'raise SystemExit("the workspace was executed")\n';

test('S10 a pip.py, or a random.py, of the workspace is not executed when packages are installed', async () => {
  const { executable } = inject('python');
  const cwd = await aFolder({
    'pip.py': HOSTILE,
    'random.py': HOSTILE,
    'venv.py': HOSTILE,
    'logging.py': HOSTILE,
  });
  const run = (...args: string[]) => execFileSync(executable, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  expect(run(pythonFile('run_module.py'), 'pip', '--version')).toMatch(/^pip \d/);
  expect(run(pythonFile('run_module.py'), 'venv', '--without-pip', 'made')).toBe('');
  expect(() => run('-m', 'pip', '--version')).toThrow(/the workspace was executed/);
});
