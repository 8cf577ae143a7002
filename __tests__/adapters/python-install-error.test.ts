import { expect, test } from 'vitest';

import { installError } from '../../src/adapters/python-install-error.ts';

test.each([
  [
    'UserError',
    'there is no package "pandsa". Check the spelling of the name, and the version.',
    'ERROR: Could not find a version that satisfies the requirement pandsa (from versions: none)\nERROR: No matching distribution found for pandsa',
  ],
  [
    'UserError',
    'there is no package "pandsa". Check the spelling of the name.',
    'cause: Because pandsa was not found in the package registry and you require pandsa, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'UserError',
    'no version of "ipykernel==7.4.0" fits this Python. Change the version, or "python".',
    'ERROR: Ignored the following versions that require a different python version: 7.4.0 Requires-Python >=3.11\nERROR: No matching distribution found for ipykernel==7.4.0',
  ],
  [
    'UserError',
    'the requirements contradict each other. Loosen a pin.',
    'ERROR: Cannot install a and b because these package versions have conflicting dependencies.\nERROR: ResolutionImpossible: for help visit',
  ],
  [
    'UserError',
    "a line of the requirements is not one: 'foo bar' (from line 1 of r.txt). Correct it.",
    "ERROR: Invalid requirement: 'foo bar' (from line 1 of r.txt)",
  ],
  [
    'InfrastructureError',
    'the package index cannot be reached. Check the network, the proxy (HTTPS_PROXY) and the index (PIP_INDEX_URL).',
    "WARNING: Retrying after connection broken by 'NewConnectionError(...)': /simple/a/\nERROR: No matching distribution found for a",
  ],
  [
    'InfrastructureError',
    'the disk is full. Free some space.',
    'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
  ],
  ['InfrastructureError', 'see what was printed.', 'Segmentation fault'],
])('%s: %s', (name, reason, log) => {
  const error = installError(log, '/cache/x.log');

  expect(error.name).toBe(name);
  expect(error.message.split('\n').slice(0, 2)).toEqual([
    `Installing Python packages failed: ${reason}`,
    'The end of /cache/x.log:',
  ]);
});

test('only the last lines are shown', () => {
  const log = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');

  expect(installError(`${log}\n`, 'x.log').message).toBe(
    [
      'Installing Python packages failed: see what was printed.',
      'The end of x.log:',
      ...Array.from({ length: 12 }, (_, index) => `  line ${index + 19}`),
    ].join('\n'),
  );
});
