import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { TestProject } from 'vitest/node';

import type { Interpreter } from '../src/adapters/prepare-python.ts';
import { preparePython } from '../src/adapters/prepare-python.ts';
import { runPythonChild } from '../src/adapters/python-child.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tests' own Python: jupyter_server, ipykernel, the oracles, pandas, and the kernel `bash`. */
    python: Interpreter;
  }
}

const TESTS = dirname(fileURLToPath(import.meta.url));
const BASH_KERNEL_DEADLINE_MS = 60_000;

/** Global set-up of the project `kernels`: tests get the interpreter with `inject('python')`. */
export async function setup(project: TestProject): Promise<void> {
  const signal = new AbortController().signal;
  const python = await preparePython(
    {
      interpreter: undefined,
      install: 'auto',
      requirements: [join(TESTS, 'requirements.txt')],
      cacheDir: join(TESTS, '..', '.venv'),
    },
    (line) => console.log(line),
    signal,
  );
  await installBashKernel(python.executable, signal);
  project.provide('python', python);
}

/** pip installs the module; its kernel is registered by a command of its own. */
async function installBashKernel(executable: string, signal: AbortSignal): Promise<void> {
  const kernels = join(dirname(executable), '..', 'share', 'jupyter', 'kernels');
  if (process.platform === 'win32' || existsSync(join(kernels, 'bash', 'kernel.json'))) return;
  const end = await runPythonChild({
    command: executable,
    args: ['-m', 'bash_kernel.install', '--sys-prefix'],
    env: process.env,
    deadlineMs: BASH_KERNEL_DEADLINE_MS,
    signal,
  });
  if (end.kind !== 'exited' || end.code !== 0) {
    throw new Error(`The bash kernel cannot be registered: ${JSON.stringify(end)}`);
  }
}
