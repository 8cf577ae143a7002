import { describe, expect, it } from 'vitest';
import { kernelEnvironment, withoutSecrets } from '../../src/adapters/kernel-environment.ts';

const options = { passEnv: [], cpus: 8, parallel: 3, batchId: 'b' };

describe("a kernel's environment", () => {
  it('lacks what only an action is given, and tokens', () => {
    const environment = {
      'INPUT_GITHUB-TOKEN': 's',
      ACTIONS_RUNTIME_TOKEN: 's',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
      STATE_isPost: 'true',
      GITHUB_TOKEN: 's',
      GH_TOKEN: 's',
      GITHUB_ENV: '/f',
      GITHUB_STEP_SUMMARY: '/f',
      JUPYTER_TOKEN: 's',
      GITHUB_SHA: 'abc',
      HOME: '/home/me',
      DATABASE_URL: 'kept: users pass their own',
    };
    expect(withoutSecrets(environment)).toEqual({
      GITHUB_SHA: 'abc',
      HOME: '/home/me',
      DATABASE_URL: 'kept: users pass their own',
    });
  });

  it('has a secret that is passed by name', () => {
    expect(withoutSecrets({ GITHUB_TOKEN: 's', GH_TOKEN: 't' }, ['GITHUB_TOKEN'])).toEqual({
      GITHUB_TOKEN: 's',
    });
  });

  it('shares the CPUs among the kernels that run at once', () => {
    const environment = kernelEnvironment({ ...options, environment: {} });
    expect(environment['OMP_NUM_THREADS']).toBe('2');
    expect(environment['OPENBLAS_NUM_THREADS']).toBe('2');
  });

  it('leaves threads alone where the user set them, and never goes below one', () => {
    const environment = kernelEnvironment({ ...options, cpus: 1, environment: { MKL_NUM_THREADS: '5' } });
    expect([environment['MKL_NUM_THREADS'], environment['OMP_NUM_THREADS']]).toEqual(['5', '1']);
  });
});
