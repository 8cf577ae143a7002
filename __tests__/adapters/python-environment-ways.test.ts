import { expect, test } from 'vitest';

import { environmentWay } from '../../src/adapters/python-environment-ways.ts';
import { pythonFile } from '../../src/adapters/python-files.ts';
import { aProbedPython } from './python-builders.ts';

const DEBIAN_WITHOUT_VENV = { hasEnsurepip: false, hasVirtualenv: false };

test.each([
  ['venv', {}, true],
  ['uv', DEBIAN_WITHOUT_VENV, true],
  ['virtualenv', { hasEnsurepip: false, hasVirtualenv: true }, false],
  ['venv without pip', DEBIAN_WITHOUT_VENV, false],
] as const)('%s is the way of a Python with %j when uv is there: %j', (name, python, hasUv) => {
  expect(environmentWay(aProbedPython(python), { hasUv }).name).toBe(name);
});

test('without any way, what to install is told', () => {
  const bare = aProbedPython({ ...DEBIAN_WITHOUT_VENV, hasPip: false });

  expect(() => environmentWay(bare, { hasUv: false })).toThrow(
    '/opt/python/bin/python3 cannot make virtual environments, and uv is not on PATH. Install one of them: ' +
      '"apt install python3.12-venv" (Debian, Ubuntu) or https://docs.astral.sh/uv/.',
  );
});

test('an environment inherits the packages of an installation, not those below another environment', () => {
  const args = (prefix: string) =>
    environmentWay(aProbedPython({ prefix }), { hasUv: false }).create('/new').args;

  expect(args('/opt/python')).toEqual([
    pythonFile('run_module.py'),
    'venv',
    '--system-site-packages',
    '/new',
  ]);
  expect(args('/project/.venv')).toEqual([pythonFile('run_module.py'), 'venv', '/new']);
});
