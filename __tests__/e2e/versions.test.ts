import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { preparePython } from '../../src/adapters/prepare-python.ts';
import { aFolder, aNotebook, resultsIn, runBundle, streamsOf } from './bundle.ts';

interface Versions {
  readonly packages: readonly string[];
  /** What a user is told of them. */
  readonly warning: RegExp | undefined;
  readonly isolation: 'fork' | 'spawn';
  /** The newest minor version of Python 3 on which they run. */
  readonly newestPython?: number;
}

const WEDGE = /ipykernel 7\.[03]\.\d sometimes does not notice the first message of a connection/;
const HOLES = /jupyter_server 2\.0\.1 has known security holes/;

/** The ends of the ranges that differ: what the tests use otherwise is the newest. */
const VERSIONS: Readonly<Record<string, Versions>> = {
  'the oldest there are': {
    // The first that today's pip takes. This ipykernel imports the third and forgets to ask for it.
    packages: ['jupyter_server==2.0.1', 'ipykernel==6.0.1', 'ipython_genutils==0.2.0'],
    warning: HOLES,
    isolation: 'spawn',
    newestPython: 11,
  },
  'the last ipykernel 6': {
    packages: ['jupyter_server==2.21.1', 'ipykernel==6.31.0'],
    warning: undefined,
    isolation: 'fork',
  },
  'the first ipykernel 7, which may miss a message': {
    packages: ['jupyter_server==2.21.1', 'ipykernel==7.0.1'],
    warning: WEDGE,
    isolation: 'fork',
  },
  'the last ipykernel 7 that may miss a message': {
    packages: ['jupyter_server==2.21.1', 'ipykernel==7.3.0'],
    warning: WEDGE,
    isolation: 'spawn',
  },
};

const NOTEBOOKS = {
  'shown.ipynb': aNotebook(
    'import sys\nfrom IPython.display import clear_output, display\nhandle = display("first", display_id=True)',
    'handle.update("updated")\nprint("out")\nprint("err", file=sys.stderr)',
    'print("gone")\nclear_output(wait=True)\nprint("stays")',
    '1 + 1',
    '1 / 0',
    'print("never")',
  ),
  'burst.ipynb': aNotebook('from IPython.display import display\nfor n in range(5_000): display(n)'),
  'many.ipynb': aNotebook(...Array.from({ length: 150 }, (_, index) => `print(${index})`)),
  'asks.ipynb': aNotebook('input("Name? ")'),
  'slow.ipynb': aNotebook('print("begun", flush=True)\nimport time; time.sleep(600)'),
  'dies.ipynb': aNotebook('import os; os._exit(3)'),
};

/** Makes, or finds, an environment with these versions beside that of the other tests. */
async function pythonWith(packages: readonly string[]): Promise<string> {
  const folder = await aFolder({ 'requirements.txt': `${packages.join('\n')}\n` });
  const request = {
    interpreter: undefined,
    install: 'auto',
    requirements: [join(folder, 'requirements.txt')],
    cacheDir: join(import.meta.dirname, '../../.venv'),
  } as const;
  const { executable } = await preparePython(request, () => undefined, new AbortController().signal);
  return executable;
}

describe('a batch is what it is with the newest Jupyter, with', () => {
  it.for(Object.entries(VERSIONS))(
    '%s',
    { timeout: 300_000 },
    async ([, { packages, warning, isolation, newestPython = Infinity }], { skip }) => {
      const minor = Number(inject('python').version.split('.')[1]);
      skip(minor > newestPython, `they do not run on Python 3.${minor}`);
      const python = await pythonWith(packages);
      const entry = (name: string, run: object = {}) => ({ notebook: `${name}.ipynb`, parameters: {}, run });
      const folder = await aFolder({
        ...NOTEBOOKS,
        'configs.json': {
          ...Object.fromEntries(
            ['shown', 'burst', 'many', 'asks', 'dies'].map((name) => [name, entry(name)]),
          ),
          slow: entry('slow', { cell_timeout: 8 }),
        },
      });
      const args = ['run', '--install', 'never', '--isolation', isolation, '--max-parallel', '2'];
      const { status, stdout } = await runBundle([...args, '--python', python], {
        cwd: folder,
        python: false,
      });
      expect(status).toBe(1);
      if (warning !== undefined) expect(stdout).toMatch(warning);
      expect(resultsIn(folder).runs).toMatchObject([
        {
          name: 'shown',
          status: 'failed',
          output: { kind: 'complete' },
          error: { ename: 'ZeroDivisionError', cellIndex: 4, executionCount: 5 },
        },
        { name: 'burst', status: 'passed', output: { kind: 'complete' } },
        { name: 'many', status: 'passed', output: { kind: 'complete' } },
        { name: 'asks', status: 'failed', error: { ename: 'StdinNotImplementedError' } },
        { name: 'dies', status: 'kernel-died' },
        { name: 'slow', status: 'timed-out', error: { ename: 'CellTimeoutError' } },
      ]);
      const left = (name: string): string =>
        join(folder, `papermill_outputs/${name}/${name}/${name}_${name}.ipynb`);
      expect(streamsOf(left('shown'))).toEqual(['out\n', 'err\n', 'stays\n']);
      expect(streamsOf(left('many'))).toEqual(Array.from({ length: 150 }, (_, index) => `${index}\n`));
      expect(streamsOf(left('slow'))).toEqual(['begun\n']);
    },
  );
});
