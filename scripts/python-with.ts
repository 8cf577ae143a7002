import { join } from 'node:path';
import { preparePython } from '../src/adapters/prepare-python.ts';

const ROOT = join(import.meta.dirname, '..');

/** The interpreter of an environment with the packages of this list, which is made when there is none yet. */
export async function pythonWith(requirements: string): Promise<string> {
  const { executable } = await preparePython(
    {
      interpreter: undefined,
      install: 'auto',
      requirements: [join(ROOT, requirements)],
      cacheDir: join(ROOT, '.venv'),
    },
    (line) => process.stdout.write(`${line}\n`),
    new AbortController().signal,
  );
  return executable;
}
