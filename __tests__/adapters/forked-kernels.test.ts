import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { aBatch, aDirectory, execute, IS_FORKED, type TestBatch } from './forked-kernels.ts';

const PORTRAIT = readFileSync(join(import.meta.dirname, 'forked-kernels-portrait.py'), 'utf8');
const IMPORTS = ['numpy', 'pandas', 'matplotlib.pyplot', 'multiprocessing.pool'];
const linux = process.platform === 'linux';

describe.runIf(linux)('a forked kernel, beside a launched one', () => {
  const directory = aDirectory();
  let bare: TestBatch;
  let forked: TestBatch;
  let launched: TestBatch;

  beforeAll(async () => {
    [bare, forked, launched] = await Promise.all([
      aBatch({ directory, imports: [], templateDirectory: aDirectory() }),
      aBatch({ directory, imports: IMPORTS, templateDirectory: aDirectory() }),
      aBatch({ directory }),
    ]);
  });

  afterAll(async () => {
    for (const batch of [bare, forked, launched]) {
      await batch[Symbol.asyncDispose]();
      expect(leftoverProcesses(batch.batchId)).toEqual([]);
    }
  });

  /** What the cells print in a forked kernel, which is what they print in a launched one. */
  async function same(...cells: string[]): Promise<string> {
    const text = await forked.text(cells);
    expect(text).toBe(await launched.text(cells));
    return text;
  }

  it('is forked, and the other one is not', async () => {
    expect(await forked.text(IS_FORKED)).toBe('True\n');
    expect(await launched.text(IS_FORKED)).toBe('False\n');
    expect([...bare.notes, ...forked.notes, ...launched.notes]).toEqual([]);
  });

  it('differs in nothing that a notebook can see but what its template is and has imported', async () => {
    const [ours, theirs] = [await portrait(bare), await portrait(launched)];
    expect(ours).toEqual({ ...theirs, ...differences(ours, theirs) });
  });

  it('differs in no more once it has imported what the template has', async () => {
    const cell = IMPORTS.map((name) => `import ${name}\n`).join('');
    const [ours, theirs] = [await portrait(forked, cell), await portrait(launched, cell)];
    // The same filters, but numpy's are not in front of IPython's, which are about other warnings.
    const { warnings } = ours;
    expect(ours).toEqual({ ...theirs, ...differences(ours, theirs), warnings });
    expect((warnings as string[]).toSorted()).toEqual((theirs['warnings'] as string[]).toSorted());
  });

  it('has read the same command line, and has the same magics', async () => {
    const cell = `import json
from ipykernel.kernelapp import IPKernelApp
app, magics = IPKernelApp.instance(), get_ipython().magics_manager.magics
facts = [app.argv, app.extra_args, app.config, app.cli_config, app.connection_file, get_ipython().config]
types = [type(value).__name__ for section in app.cli_config.values() for value in section.values()]
helps = [[name, magic.__doc__, magic.parser.format_help()] for name, magic in magics['cell'].items() if hasattr(magic, 'parser')]
print(json.dumps([repr(facts), types, helps]))`;
    const [ours, theirs] = [await forked.text(cell), await launched.text(cell)].map((text) =>
      text.replaceAll(/pnb-\w+/g, 'DIRECTORY').replaceAll(/kernel-[-0-9a-f]{36}/g, 'kernel-ID'),
    );
    expect(ours).toContain('hist_file');
    expect(ours).toContain('%%perl script magic');
    expect(ours).toBe(theirs);
  });

  it('tells its debugger the files of its modules: those of a launched kernel, and of what its template has imported', async () => {
    const cell = `import json, sys
paths = get_ipython().kernel.debugger.kernel_modules
files = {getattr(module, '__file__', None) for module in sys.modules.values()}
print(json.dumps([paths, [path for path in paths if path not in files]]))`;
    const [ours, theirs] = [await forked.text(cell), await launched.text(cell)].map(
      (text) => JSON.parse(text) as [string[], string[]],
    );
    expect(theirs?.[0].length).toBeGreaterThan(500);
    expect(ours?.[0]).toEqual(expect.arrayContaining(theirs?.[0] ?? []));
    expect(ours?.[0].some((path) => path.endsWith('pandas/core/frame.py'))).toBe(true);
    expect(theirs?.[1]).toEqual(expect.arrayContaining(ours?.[1] ?? ['none'])); // the launcher at most
  });

  it('draws random numbers of its own', async () => {
    const cell = `import random, uuid, secrets, tempfile, numpy, multiprocessing, os
print(random.random(), uuid.uuid4(), uuid.uuid1(), secrets.token_hex(), tempfile.mktemp())
print(numpy.random.random(), numpy.random.default_rng().random(), numpy.random.RandomState().random())
print(get_ipython().kernel.session.session, multiprocessing.current_process().authkey.hex(), id(object()) and '')`;
    const draws = await Promise.all([forked.text(cell), forked.text(cell)]);
    const [first = [], second = []] = draws.map((text) => text.trim().split(/\s+/));
    expect(first).toHaveLength(10);
    expect(first.filter((value, index) => value === second[index])).toEqual([]);
  });

  it('draws the same numbers after the same seed', async () => {
    const cell = `import random, numpy
random.seed(1); numpy.random.seed(1)
print(random.random(), numpy.random.random(), numpy.random.default_rng(1).random())`;
    await same(cell);
  });

  it('has a main module that pickles what the notebook defines', async () => {
    const cells = [
      'class Point:\n    def __init__(self, x): self.x = x',
      `import pickle, sys, __main__
again = pickle.loads(pickle.dumps(Point(3)))
print(type(again) is Point, again.x, Point.__module__, __main__.Point is Point, __name__, vars(__main__) is globals())`,
    ];
    expect(await same(...cells)).toBe('True 3 __main__ True __main__ True\n');
  });

  it('starts processes by every method of multiprocessing, in its directory', async () => {
    const cell = `import multiprocessing, os
for method in ('fork', 'spawn', 'forkserver'):
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool:
        directory, started = pool.apply(os.getcwd), pool.apply(os.getppid) == os.getpid()
        print(method, pool.map(abs, [-1, -2]), directory == os.getcwd(), method == 'forkserver' or started)
    queue = context.SimpleQueue()
    process = context.Process(target=queue.put, args=(os.getpid(),))
    process.start(); print(queue.get() == os.getpid()); process.join(); print(process.exitcode)
from concurrent.futures import ProcessPoolExecutor
with ProcessPoolExecutor(2) as executor: print(list(executor.map(abs, [-3])))`;
    expect(await same(cell)).toContain('forkserver [1, 2] True True\nTrue\n0\n[3]\n');
  });

  it('shows figures as images, its warnings, and its tables', async () => {
    const cells = [
      'import matplotlib.pyplot as plt, numpy as np, pandas as pd, warnings',
      'fig, ax = plt.subplots(); ax.plot(np.arange(5)); plt.show()',
      'plt.plot([1, 2, 3]);',
      'pd.DataFrame({"a": [1.5, 2], "b": ["x", None]})',
      'warnings.warn("mine"); np.float64(1) / 0; print(plt.get_backend(), plt.isinteractive(), plt.rcParams == plt.rcParamsDefault)',
      'warnings.warn("old", DeprecationWarning); pd.Series([1], dtype="int8")',
    ];
    const displayed = [];
    for (const batch of [forked, launched]) {
      const session = await batch.open();
      const results = [];
      for (const code of cells) results.push(await execute(session, code));
      displayed.push(
        results.map(({ text, displayed }) => ({
          text: text.replace(/ipykernel_\d+/g, 'ipykernel_N'),
          displayed,
        })),
      );
      session.close();
    }
    expect(displayed[0]).toEqual(displayed[1]);
    const images = displayed[0]?.slice(1, 3).map((cell) => cell.displayed.map((data) => Object.keys(data)));
    expect(images).toEqual([[['text/plain', 'image/png']], [['text/plain', 'image/png']]]);
    expect(displayed[0]?.[4]?.text).toContain('divide by zero');
  });

  it('captures what is written to its descriptors, and reads nothing from its standard input', async () => {
    const cell = `import os, sys, subprocess
os.write(1, b'one\\n'); os.write(2, b'two\\n')
subprocess.run(['sh', '-c', 'echo three; read line || echo nothing to read'])
print(sys.__stdin__.read() == '')`;
    for (const batch of [forked, launched]) {
      const session = await batch.open();
      let text = (await execute(session, cell)).text;
      // What is written to descriptors comes when a thread of ipykernel has read it.
      await vi.waitFor(async () => {
        text += (await execute(session, 'pass')).text;
        const lines = text.trim().split('\n').toSorted();
        expect(lines).toEqual(['True', 'nothing to read', 'one', 'three', 'two']);
      }, 20_000);
      session.close();
    }
  });

  it('reports how it ended, with its last words', async () => {
    const ends = [
      'import os; os._exit(3)',
      'import os, signal; os.kill(os.getpid(), signal.SIGKILL)',
      'import os, signal; os.kill(os.getpid(), signal.SIGTERM)',
      'import ctypes; ctypes.string_at(0)',
      'import os; os.abort()',
      'import os, sys; os.write(sys.stderr._original_stdstream_copy, b"last words"); os._exit(4)',
    ];
    const outcomes = [];
    for (const batch of [forked, launched]) {
      const results = ends.map(async (code) => {
        const session = await batch.open();
        const { outcome } = await execute(session, code);
        session.close();
        return outcome;
      });
      outcomes.push(await Promise.all(results));
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    const exit = { exitCode: undefined, signal: undefined, outOfMemory: false, stderr: '' };
    expect(outcomes[0]).toEqual(
      [
        { ...exit, exitCode: 3 },
        { ...exit, signal: 'SIGKILL' },
        { ...exit, signal: 'SIGTERM' },
        { ...exit, signal: 'SIGSEGV' },
        { ...exit, signal: 'SIGABRT' },
        { ...exit, exitCode: 4, stderr: 'last words' },
      ].map((how) => ({ kind: 'died', exit: how })),
    );
  });

  it('is interrupted as by Ctrl-C, with the processes that it started', async () => {
    const session = await forked.open();
    const cell = `import subprocess, time
child = subprocess.Popen(['sleep', '60'])
try: time.sleep(60)
finally: print('interrupted', child.wait())`;
    const { outcome, text } = await execute(session, cell, 1000);
    expect(outcome).toMatchObject({ kind: 'stopped' });
    expect(text).toBe('interrupted -2\nKeyboardInterrupt: \n');
    expect((await execute(session, 'print("alive")')).text).toBe('alive\n');
    session.close();
  });

  it('is told by an error, as a launched one, that its memory is at its limit, and lives', async () => {
    const cells = [
      'x = bytearray(100_000_000); print("fits")',
      'y = bytearray(400_000_000)',
      'print("alive")',
    ];
    for (const batch of [forked, launched]) {
      const session = await batch.open({ memoryLimitBytes: 400_000_000 });
      const texts = [];
      for (const code of cells) texts.push((await execute(session, code)).text);
      expect(texts).toEqual(['fits\n', 'MemoryError: \n', 'alive\n']);
      session.close();
    }
  });

  it('runs its exit functions', async () => {
    const path = join(directory, 'ended');
    const batch = await aBatch({ directory, imports: [] });
    await batch.text(`import atexit, threading
atexit.register(lambda: open(${JSON.stringify(path)}, 'w').write('ended'))`);
    await batch[Symbol.asyncDispose]();
    expect(readFileSync(path, 'utf8')).toBe('ended');
  });
});

it.runIf(linux)('computes with as many threads as a launched kernel', async () => {
  const cell = `import os, numpy
def threads(): return len(os.listdir('/proc/self/task'))
before = threads()
matrix = numpy.random.default_rng(1).random((600, 600))
product = matrix @ matrix
print(product.sum(), numpy.linalg.inv(matrix)[0, 0], threads())`;
  const texts = [];
  for (const imports of [['numpy'], undefined]) {
    const batch = await aBatch({ imports, threads: 2 });
    texts.push(await batch.text([cell, IS_FORKED]));
    expect(batch.notes).toEqual([]);
    await batch[Symbol.asyncDispose]();
  }
  expect(texts[0]?.replace('True', 'False')).toBe(texts[1]);
  expect(texts[0]).toContain('True');
});

type Portrait = Readonly<Record<string, unknown>>;

async function portrait(batch: TestBatch, ...before: string[]): Promise<Portrait> {
  const text = await batch.text([...before, PORTRAIT]);
  return JSON.parse(
    text
      .replaceAll(/pnb-\w+/g, 'pnb-DIRECTORY')
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/--port \d+/g, '--port N')
      .replaceAll(/"JPY_PARENT_PID": "\d+"/g, '"JPY_PARENT_PID": "N"'),
  ) as Portrait;
}

/** All that may differ. */
function differences(ours: Portrait, theirs: Portrait): Record<string, unknown> {
  return {
    modules: expect.arrayContaining(theirs['modules'] as string[]) as unknown,
    loggers: expect.objectContaining(theirs['loggers'] as object) as unknown,
    'frozen objects': expect.any(Number) as unknown,
    'command line': expect.stringContaining('fork_template.py') as unknown,
    // pydevd and others make threads while they are imported, which take numbers: before the parent poller, or behind it.
    threads: renumbered(ours['threads'], theirs['threads']),
  };
}

/** Our names, if they are the others' with all numbers higher by the same. */
function renumbered(ours: unknown, theirs: unknown): unknown {
  const numberOf = (names: unknown): number => Number(/-(\d+)/.exec((names as string[]).join(' '))?.[1]);
  const offset = numberOf(ours) - numberOf(theirs);
  const lower = (ours as string[]).map((name) =>
    name.replace(/-(\d+)/, (_, number) => `-${Number(number) - offset}`),
  );
  return JSON.stringify(lower) === JSON.stringify(theirs) ? ours : theirs;
}
