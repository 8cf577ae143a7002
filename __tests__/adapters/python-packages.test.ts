import { expect, test } from 'vitest';

import { missingPackages, packageWarnings } from '../../src/adapters/python-packages.ts';
import { aProbedPython } from './python-builders.ts';

test.each([
  { jupyterServer: '2.21.1', ipykernel: '7.4.0', missing: [], warned: [] },
  { jupyterServer: '2.20.0', ipykernel: '6.31.0', missing: [], warned: [] },
  { jupyterServer: '10.0', ipykernel: '8', missing: [], warned: [] },
  { jupyterServer: null, ipykernel: null, missing: ['jupyter_server', 'ipykernel'], warned: [] },
  { jupyterServer: '1.24.0', ipykernel: '5.5.6', missing: ['jupyter_server', 'ipykernel'], warned: [] },
  { jupyterServer: '2.0.0', ipykernel: '6.0.0', missing: [], warned: ['jupyter_server'] },
  { jupyterServer: '2.19.9', ipykernel: '7.4.0rc1', missing: [], warned: ['jupyter_server'] },
  { jupyterServer: '2.21.1', ipykernel: '7.0.0', missing: [], warned: ['ipykernel'] },
  { jupyterServer: '2.21.1', ipykernel: '7.3.1', missing: [], warned: ['ipykernel'] },
])('jupyter_server $jupyterServer and ipykernel $ipykernel: missing $missing, warned of $warned', (row) => {
  const python = aProbedPython({ jupyterServer: row.jupyterServer, ipykernel: row.ipykernel });

  expect(missingPackages(python).map((rule) => rule.name)).toEqual(row.missing);
  expect(packageWarnings(python).map((text) => text.split(' ')[0])).toEqual(row.warned);
});

test('a warning names the version, the risk and what to install', () => {
  expect(packageWarnings(aProbedPython({ ipykernel: '7.2.0' }))).toEqual([
    'ipykernel 7.2.0 sometimes does not notice the first message of a connection, and a run waits: install "ipykernel>=7.4".',
  ]);
});

test('Python 3.10 gets an ipykernel that still supports it', () => {
  const [ipykernel] = missingPackages(aProbedPython({ version: '3.10.13', ipykernel: null }));

  expect(ipykernel?.install(aProbedPython({ version: '3.10.13' }))).toBe('ipykernel>=6.30,<7');
});
