import { expect, test } from 'vitest';
import { readActionInputs } from '../../src/inputs/read-action-inputs.ts';

test('inputs are read from the variables of the runner, as written, and empty ones count as not given', () => {
  const env = {
    INPUT_CONFIGS: '\n  a:\n    notebook: n.ipynb\n',
    'INPUT_MAX-PARALLEL': '4',
    'INPUT_FAIL-FAST': '',
    INPUT_SELECT: ' \n',
    INPUT_RETRIES: undefined,
    INPUT_FAIL_FAST: 'true',
    PATH: '/bin',
  };
  expect(readActionInputs(env)).toEqual({
    face: 'action',
    values: new Map([
      ['configs', '\n  a:\n    notebook: n.ipynb\n'],
      ['max-parallel', '4'],
    ]),
    parameters: new Map(),
  });
});
