import type { ProbedPython } from '../../src/adapters/python-probe.ts';
import type { Requirements } from '../../src/adapters/python-requirements.ts';

/** A Python that lacks nothing. */
export function aProbedPython(overrides: Partial<ProbedPython> = {}): ProbedPython {
  return {
    executable: '/opt/python/bin/python3',
    version: '3.12.4',
    prefix: '/opt/python',
    basePrefix: '/opt/python',
    installsInto: '/opt/python/lib/python3.12/site-packages',
    siteDirectories: ['/opt/python/lib/python3.12/site-packages'],
    distributions: 'd1',
    jupyterServer: '2.21.1',
    ipykernel: '7.4.0',
    externallyManaged: false,
    hasVenv: true,
    hasEnsurepip: true,
    hasPip: true,
    hasVirtualenv: false,
    ...overrides,
  };
}

export function aRequirements(overrides: Partial<Requirements> = {}): Requirements {
  return { files: [], texts: [], count: 0, hashed: false, ...overrides };
}
