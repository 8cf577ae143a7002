import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { aBatch, aDirectory, execute, IS_FORKED, type TestBatch } from './forked-kernels.ts';

const linux = process.platform === 'linux';
/** Modules of a user's, which his PYTHONPATH leads to. */
const MODULES = {
  harmless: 'import os\nlevel = os.environ.get("HARMLESS_LEVEL", "1")\nos.environ["HARMLESS_SEEN"] = "yes"',
  starts_thread:
    'import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()',
  starts_process: 'import subprocess\nchild = subprocess.Popen(["sleep", "600"])',
  opens_file: 'held = open(__file__)',
  shares_memory: 'import mmap\nshared = mmap.mmap(-1, 4096)',
  prints: 'print("welcome")',
  warns: 'import warnings\nwarnings.warn("use something else", DeprecationWarning, stacklevel=2)',
  prints_once:
    'import os\nif not os.path.exists(__file__ + ".seen"):\n    open(__file__ + ".seen", "w").close()\n    print("building a cache")',
  asks_shell: 'from IPython import get_ipython\nshell = get_ipython()',
  changes_path: 'import sys\nsys.path.insert(0, "/nowhere")',
  handles_signal: 'import signal\nsignal.signal(signal.SIGUSR1, lambda *_: None)',
  changes_environment: 'import os\nos.environ["GREETING"] = "bye"',
  fails: 'raise OSError("not today")',
  exits: 'import sys\nsys.exit(3)',
};
const BECAUSE = {
  starts_thread: 'leaves a thread running',
  starts_process: 'leaves a process running',
  opens_file: 'leaves a file or socket open',
  shares_memory: 'leaves memory that processes share',
  prints: 'prints something',
  warns: 'prints something',
  asks_shell: "looks for the notebook's shell",
  changes_path: 'changes sys.path',
  handles_signal: 'changes how signals are handled',
  changes_environment: 'changes the environment',
  fails: 'fails: OSError: not today',
  exits: 'fails: SystemExit: 3',
};

describe.runIf(linux)('an import that forks must not share', () => {
  const library = aDirectory();
  const IMPORTED = `import sys; print([name for name in ${JSON.stringify(Object.keys(MODULES))} if name in sys.modules])`;
  let batch: TestBatch;

  beforeAll(async () => {
    for (const [name, source] of Object.entries(MODULES)) writeFileSync(join(library, `${name}.py`), source);
    const environment = { PYTHONPATH: library, GREETING: 'hello' };
    const imports = [...Object.keys(MODULES), 'harmless.level', 'not_installed', 'harmless.not_there'];
    batch = await aBatch({ imports, environment });
  });
  afterAll(async () => {
    await batch[Symbol.asyncDispose]();
    expect(leftoverProcesses(batch.batchId)).toEqual([]);
  });

  it('is left to each kernel, and told', async () => {
    expect(await batch.text([IS_FORKED, IMPORTED])).toBe("True\n['harmless', 'prints_once']\n");
    const notes = Object.entries(BECAUSE).map(
      ([name, reason]) => `${name} is not shared by the kernels, because importing it ${reason}`,
    );
    expect(batch.notes.toSorted()).toEqual(notes.toSorted());
  });

  it('works in the kernel as ever', async () => {
    const text = await batch.text([
      'import prints, warns, prints_once, asks_shell',
      'print(asks_shell.shell is get_ipython())',
      'import fails',
    ]);
    expect(text).toContain('welcome\n');
    expect(text).toContain('DeprecationWarning: use something else');
    expect(text).toContain('True\nOSError: not today\n');
  });

  it('may set variables, which are then there as after the import', async () => {
    const cell = 'import os; print(os.environ["HARMLESS_SEEN"], os.environ["GREETING"])';
    expect(await batch.text(cell)).toBe('yes hello\n');
  });

  it('does not come from the template when it has read a variable that a run sets', async () => {
    const cells = [IS_FORKED, 'import harmless; print(harmless.level)'];
    expect(await batch.text(cells, { env: new Map([['HARMLESS_LEVEL', '2']]) })).toBe('False\n2\n');
    expect(batch.notes.at(-1)).toBe(
      'its kernel was launched and not forked, because its environment sets HARMLESS_LEVEL, which is read before a notebook starts',
    );
  });
});

describe.runIf(linux)('a kernel whose run shares no imports', () => {
  it('is launched where others share some, and forked where none are shared', async () => {
    const cells = [IS_FORKED, 'import sys; print("numpy" in sys.modules)'];
    await using sharing = await aBatch({ imports: ['numpy'] });
    expect(await sharing.text(cells, { preload: [] })).toBe('False\nFalse\n');
    expect(sharing.notes).toEqual([
      'its kernel was launched and not forked, because its run shares no imports (preload)',
    ]);
    expect(await sharing.text(cells, { preload: ['numpy'] })).toBe('True\nTrue\n');
    await using bare = await aBatch({ imports: [] });
    expect(await bare.text(cells, { preload: [] })).toBe('True\nFalse\n');
    expect(bare.notes).toEqual([]);
  });
});

describe.runIf(linux)('a kernel for which a fork would be too late', () => {
  let batch: TestBatch;

  beforeAll(async () => {
    batch = await aBatch({
      imports: ['numpy', 'matplotlib.pyplot'],
      environment: { PYTHONPATH: 'relative' },
    });
  });
  afterAll(() => batch[Symbol.asyncDispose]());

  it.each([
    ['PYTHONHASHSEED', '0', 'print(hash("a") == -8839064797231613815 or hash("a"))'],
    ['PYTHONOPTIMIZE', '1', 'import sys; print(sys.flags.optimize)'],
    ['TZ', 'Asia/Tokyo', 'import time; print(time.strftime("%Z"))'],
    ['OMP_NUM_THREADS', '2', 'import os; print(os.environ["OMP_NUM_THREADS"])'],
    ['MPLBACKEND', 'agg', 'import matplotlib.pyplot as plt; print(plt.get_backend())'],
    ['LC_ALL', 'C', 'import locale; print(locale.setlocale(locale.LC_ALL))'],
    ['PYTHONPATH', '/somewhere', 'import sys; print("/somewhere" in sys.path)'],
  ])('is launched when its environment sets %s', async (name, value, cell) => {
    const launched = await aBatch({ environment: { PYTHONPATH: 'relative' } });
    const run = { env: new Map([[name, value]]) };
    const text = await batch.text([IS_FORKED, cell], run);
    expect(text).toBe(await launched.text([IS_FORKED, cell], run));
    expect(batch.notes.at(-1)).toContain(`because its environment sets ${name},`);
    await launched[Symbol.asyncDispose]();
  });

  it('is forked when its environment sets something of the notebook, or unsets nothing that matters', async () => {
    const env = new Map([
      ['GREETING', 'hi'],
      ['PATH', '/somewhere'],
      ['TMPDIR', batch.directory],
    ]);
    const cell = `import os, tempfile, ctypes
ctypes.CDLL(None).getenv.restype = ctypes.c_char_p
print(os.environ['GREETING'], ctypes.CDLL(None).getenv(b'PATH') and os.environ['PATH'], tempfile.gettempdir())`;
    expect(await batch.text([IS_FORKED, cell], { env })).toBe(`True\nhi /somewhere ${batch.directory}\n`);
  });

  it('is launched when its directory has a module of a name that the template has imported', async () => {
    const cwd = aDirectory();
    writeFileSync(join(cwd, 'numpy.py'), 'mine = True');
    expect(await batch.text([IS_FORKED, 'import numpy; print(numpy.mine)'], { cwd })).toBe('False\nTrue\n');
    const package_ = aDirectory();
    mkdirSync(join(package_, 'PIL'));
    writeFileSync(join(package_, 'PIL', '__init__.py'), 'mine = True');
    expect(await batch.text([IS_FORKED, 'import PIL; print(PIL.mine)'], { cwd: package_ })).toBe(
      'False\nTrue\n',
    );
  });

  it('is launched when PYTHONPATH or a settings file means something else in its directory', async () => {
    const elsewhere = aDirectory();
    expect(await batch.text(IS_FORKED, { cwd: elsewhere })).toBe('False\n');
    expect(batch.notes.at(-1)).toContain('because PYTHONPATH has a relative entry');
    const absolute = await aBatch({ imports: ['matplotlib'] });
    writeFileSync(join(elsewhere, 'matplotlibrc'), 'lines.linewidth: 7');
    const cells = [IS_FORKED, 'import matplotlib; print(matplotlib.rcParams["lines.linewidth"])'];
    expect(await absolute.text(cells, { cwd: elsewhere })).toBe('False\n7.0\n');
    expect(await absolute.text(IS_FORKED, { cwd: aDirectory() })).toBe('True\n');
    await absolute[Symbol.asyncDispose]();
  });

  it('is launched when it is not Python', async () => {
    const session = await batch.open({ kernelName: 'bash' });
    expect((await execute(session, 'echo $((1 + 1))')).text).toBe('2\n');
    session.close();
    expect(batch.notes.at(-1)).toContain(
      "because only Python kernels of the batch's own interpreter are forked",
    );
  });

  it('fails like a launched one when its directory is not there', async () => {
    const opening = batch.open({ cwd: join(batch.directory, 'missing') });
    await expect(opening).rejects.toThrow(/FileNotFoundError.*missing/);
  });
});

it.runIf(linux)('kernels go on when their template is killed, and the next ones are launched', async () => {
  const batch = await aBatch({ imports: [] });
  const session = await batch.open();
  const find = `import os, pathlib
mine = os.getpid()
templates = [int(process.name) for process in pathlib.Path('/proc').iterdir() if process.name.isdigit()
             and int(process.name) != mine and 'fork_template' in (process / 'cmdline').read_text()
             and ${JSON.stringify(batch.batchId)} in (process / 'environ').read_text()]
print(templates)`;
  const { text } = await execute(session, find);
  const templates = JSON.parse(text) as number[];
  expect(templates).toHaveLength(1);
  process.kill(templates[0] ?? 0, 'SIGKILL');
  expect(await batch.text(IS_FORKED)).toBe('False\n');
  expect(batch.notes).toEqual(['its kernel was launched and not forked, because the template has ended']);
  expect((await execute(session, 'print("alive")')).text).toBe('alive\n');
  session.close();
  await batch[Symbol.asyncDispose]();
  expect(leftoverProcesses(batch.batchId)).toEqual([]);
});
