import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';

import { findPython } from '../../src/adapters/find-python.ts';

const CURE = 'Install Python 3.10 or newer, or name one with "python", for instance .venv/bin/python.';

// Scripts stand in for interpreters that this machine does not have.
describe.skipIf(process.platform === 'win32')('findPython', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'find-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const find = (interpreter: string | undefined, path = folder) =>
    findPython(interpreter, { env: { PATH: path }, signal: new AbortController().signal });

  async function anExecutable(name: string, script: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  const oldPython = (name: string) =>
    anExecutable(
      name,
      `echo 'parallel-notebooks-probe {"executable": "/old/bin/python", "version": "3.8.18"}'`,
    );

  test('an interpreter tells its own path behind a shim, and what its packages are', async () => {
    const { executable, jupyterServerVersion, ipykernelVersion } = inject('python');
    const shim = await anExecutable('shim', `echo noise at start-up; exec "${executable}" "$@"`);

    expect(await find(shim, process.env['PATH'])).toMatchObject({
      executable,
      jupyterServer: jupyterServerVersion,
      ipykernel: ipykernelVersion,
      hasVenv: true,
    });
  });

  test('packages that PYTHONPATH shows are found, leftover metadata without the package is not', async () => {
    const { executable } = inject('python');
    await writeFile(join(folder, 'ipykernel.py'), 'raise RuntimeError("a probe imports nothing")');
    const env = { PYTHONPATH: folder };
    const signal = new AbortController().signal;

    expect((await findPython(executable, { env, signal })).ipykernel).toBe(inject('python').ipykernelVersion);

    const hide = "import sys; sys.modules['ipykernel'] = None";
    await writeFile(join(folder, 'usercustomize.py'), hide);
    await writeFile(join(folder, 'sitecustomize.py'), hide);
    expect((await findPython(executable, { env, signal })).ipykernel).toBeNull();
  });

  test('python is taken when python3 is too old', async () => {
    await oldPython('python3');
    await anExecutable('python', `exec "${inject('python').executable}" "$@"`);

    expect((await find(undefined, [folder, '/bin'].join(delimiter))).executable).toBe(
      inject('python').executable,
    );
  });

  test('a named interpreter that is too old is refused with its version', async () => {
    const path = await oldPython('python3.8');

    await expect(find(path)).rejects.toThrow(
      `No usable Python: "${path}" is Python 3.8.18 (/old/bin/python). ${CURE}`,
    );
  });

  test('without any Python every name that was tried is told', async () => {
    await expect(find(undefined)).rejects.toThrow(
      `No usable Python: "python3" is not there or cannot be executed. "python" is not there or cannot be executed. ${CURE}`,
    );
  });

  test('a program that is not Python is refused with what it said', async () => {
    const path = await anExecutable('python3', 'echo "no such option" >&2; exit 2');

    await expect(find(path)).rejects.toThrow(
      `No usable Python: "${path}" does not work as Python: it ended with status 2. no such option. ${CURE}`,
    );
  });
});
