import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/notebook/types.ts';
import { aFolder, aNotebook, type Finished, resultsIn, runBundle } from '../e2e/bundle.ts';
import { markOf, processesOf } from './marked-processes.ts';
import { inSeconds, observe } from './observed.ts';

/** Says in a file when the fault happened: what is printed last may be lost with its kernel. */
const NOTE_TIME = (name: string): string =>
  `import os, sys, time\nprint("before", flush=True); time.sleep(0.5)\nopen("${name}.at", "w").write(str(time.time()))\n`;

interface Fault {
  readonly cells: readonly string[];
  readonly run?: Readonly<Record<string, unknown>>;
  /** Tags of the first cell. */
  readonly tags?: readonly string[];
}

/** The memory controller of this machine, where root may make a group of its own. */
const CGROUPS = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
  { root: '/sys/fs/cgroup', limit: 'memory.max' },
];
const GROUP = `pnb-chaos-${process.pid}`;

const FAULTS: Readonly<Record<string, Fault>> = {
  raises: { cells: ['n = 0', '1 / n', 'print("never")'] },
  mayRaise: { cells: ['raise ValueError("on purpose")', 'print("on")'], tags: ['raises-exception'] },
  exits: { cells: ['1', `${NOTE_TIME('exits')}os._exit(3)`, 'print("never")'] },
  segfaults: {
    cells: ['1', `${NOTE_TIME('segfaults')}import ctypes; ctypes.string_at(0)`, 'print("never")'],
  },
  sleeps: { cells: ['1', 'import time; time.sleep(999)', 'print("never")'], run: { cell_timeout: 5 } },
  deaf: {
    cells: [
      '1',
      'import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])\nprint("deaf", flush=True)\nwhile True: signal.pause()',
    ],
    run: { cell_timeout: 2 },
  },
  updates: { cells: ['handle = display("old", display_id=True)', 'handle.update("new")'] },
  late: {
    cells: [
      'import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.4), print("late line"))).start()',
      'time.sleep(1.5)',
    ],
  },
  asks: { cells: ['1', 'input("Name? ")', 'print("never")'] },
  exit0: { cells: ['1', 'import sys; sys.exit(0)', 'raise SystemError("never")'] },
  exit3: { cells: ['1', 'import sys; sys.exit(3)', 'print("never")'] },
  quits: { cells: ['1', 'quit()', 'raise SystemError("never")'] },
  leaves: {
    cells: [
      `import subprocess
subprocess.Popen(["sleep", "601"], start_new_session=True)
subprocess.Popen(["nohup", "sleep", "602"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
subprocess.run(["sh", "-c", "(setsid sleep 603 >/dev/null 2>&1 &) &"])`,
    ],
  },
  text: {
    cells: ['import os\nprint("\\ud800 and \\0", flush=True)', 'os.write(1, b"\\xff raw\\n")', 'print("é")'],
  },
  escapes: { cells: ['import os\nos.chdir("/"); os.environ.clear(); os.umask(0o777)\nprint(os.getcwd())'] },
  memory: {
    cells: [
      '1',
      `import os\nopen(os.environ["GROUP"] + "/cgroup.procs", "w").write(str(os.getpid()))\nheld = []\nwhile True: held.append(bytearray(10_000_000))`,
    ],
  },
  // Last: it sees whether any of the above did it harm.
  bystander: {
    cells: [
      'import os, pathlib\npathlib.Path("made").write_text("x")\nprint(os.environ["HOME"] != "", os.getcwd())',
    ],
  },
};

let folder: string;
let finished: Finished;
let group: string | undefined;

afterAll(() => {
  if (group !== undefined) rmdirSync(group);
});

async function runEverything(): Promise<void> {
  group = makeGroup();
  const names = Object.keys(FAULTS).filter((name) => name !== 'memory' || group !== undefined);
  folder = await aFolder({
    ...Object.fromEntries(names.map((name) => [`${name}.ipynb`, notebookOf(name)])),
    'configs.json': Object.fromEntries(
      names.map((name) => [
        name,
        { notebook: `${name}.ipynb`, parameters: {}, output_label: name, run: FAULTS[name]?.run ?? {} },
      ]),
    ),
  });
  const env = { ...markOf(folder), HOME: process.env['HOME'] ?? '/', ...(group && { GROUP: group }) };
  finished = await runBundle(['run', '--max-parallel', '3', '--output-path', '{name}.ipynb'], {
    cwd: folder,
    env,
  });
}

function notebookOf(name: string): object {
  const { cells = [], tags = [] } = FAULTS[name] ?? {};
  const notebook = aNotebook(...cells) as { cells: Cell[] };
  const [first] = notebook.cells;
  if (first !== undefined) first.metadata['tags'] = [...tags];
  return notebook;
}

function makeGroup(): string | undefined {
  for (const { root, limit } of CGROUPS) {
    const path = join(root, GROUP);
    try {
      mkdirSync(path);
      writeFileSync(join(path, limit), '300000000');
      return path;
    } catch {
      if (existsSync(path)) rmdirSync(path);
    }
  }
  return undefined;
}

interface Left {
  readonly status: string;
  readonly said: string;
  readonly durationMs: number;
  readonly warnings: readonly string[];
  readonly output: { readonly kind: string };
  readonly executed: number;
  readonly cells: readonly Cell[];
  /** From the fault to the end of the run; only where the notebook noted it. */
  readonly noticedMs: number;
}

/** What the run has left, on disk and in results.json. */
function left(name: string): Left {
  const found = (resultsIn(folder).runs as unknown as Run[]).find((run) => run.name === name);
  if (found === undefined) throw new Error(`no run ${name}`);
  const { cells } = JSON.parse(readFileSync(join(folder, found.outputPath), 'utf8')) as { cells: Cell[] };
  const at = join(folder, `${name}.at`);
  const endedMs = Date.parse(found.startedAt) + found.durationMs;
  return {
    ...found,
    said: `${found.error?.ename ?? ''}: ${found.error?.evalue ?? ''}`,
    executed: found.cells.executed,
    cells: cells.filter(({ id }) => id?.startsWith('cell-')),
    noticedMs: existsSync(at) ? endedMs - Number(readFileSync(at, 'utf8')) * 1000 : NaN,
  };
}

interface Run {
  readonly name: string;
  readonly status: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outputPath: string;
  readonly warnings: readonly string[];
  readonly output: { readonly kind: string };
  readonly cells: { readonly executed: number };
  readonly error: { readonly ename: string; readonly evalue: string; readonly traceback: string } | null;
}

function outputsOf(cell: Cell | undefined): string {
  return JSON.stringify(cell?.outputs ?? []);
}

describe('one batch in which everything happens', () => {
  // Before the others: they look at what it has left.
  it('ends with status 1, and blames no infrastructure', async () => {
    await runEverything();
    expect(finished.status).toBe(1);
    expect(resultsIn(folder).runs.map(({ status }) => status)).not.toContain('infra-error');
  });

  it('E1 a cell that raises fails its run, and keeps what came before', (test) => {
    const run = left('raises');
    expect(run).toMatchObject({ status: 'failed', said: 'ZeroDivisionError: division by zero', executed: 2 });
    expect(outputsOf(run.cells[2])).toBe('[]');
    observe(test, `failed, “${run.said}”`);
  });

  it('E2 a cell that is tagged raises-exception may raise', (test) => {
    const run = left('mayRaise');
    expect(run).toMatchObject({ status: 'passed', executed: 2 });
    expect(outputsOf(run.cells[0])).toContain('on purpose');
    observe(test, 'passed, the error is kept as output');
  });

  it('E3 os._exit is the death of the kernel, and no cell is sent to another', (test) => {
    const run = left('exits');
    expect(run).toMatchObject({ status: 'kernel-died', executed: 1 });
    expect(run.said).toMatch(
      /ended with exit status 3 during this cell\. Output of its last moments may be missing/,
    );
    expect(outputsOf(run.cells[1])).toContain('before');
    expect(outputsOf(run.cells[2])).toBe('[]');
    expect(run.noticedMs).toBeLessThan(10_000);
    observe(test, `kernel-died after ${inSeconds(run.noticedMs)}, with the exit status`);
  });

  it('E4 a segmentation fault is told by its name', (test) => {
    const run = left('segfaults');
    expect(run).toMatchObject({ status: 'kernel-died', executed: 1 });
    expect(run.said).toContain('by SIGSEGV');
    expect(run.noticedMs).toBeLessThan(10_000);
    observe(test, `kernel-died by SIGSEGV after ${inSeconds(run.noticedMs)}`);
  });

  it('E5 a kernel that is killed for its memory: the error says so', (test) => {
    test.skip(group === undefined, 'no memory cgroup can be made here: it takes root');
    const run = left('memory');
    expect(run).toMatchObject({ status: 'kernel-died', executed: 1 });
    expect(run.said).toContain('The machine was out of memory');
    observe(test, 'kernel-died by SIGKILL in a cgroup of 300 MB, “The machine was out of memory”');
  });

  it('E7 a cell over its limit is interrupted, and the interrupt’s traceback is kept', (test) => {
    const run = left('sleeps');
    expect(run).toMatchObject({ status: 'timed-out', executed: 1 });
    expect(run.said).toBe('CellTimeoutError: This cell took longer than its limit of 5 s.');
    expect(outputsOf(run.cells[1])).toContain('KeyboardInterrupt');
    observe(test, `timed-out after ${inSeconds(run.durationMs)} in all, limit 5 s`);
  });

  it('E8 a kernel that blocks the interrupt is killed', (test) => {
    const run = left('deaf');
    expect(run).toMatchObject({ status: 'timed-out', executed: 1 });
    expect(outputsOf(run.cells[1])).toContain('deaf');
    expect(run.durationMs).toBeGreaterThan(7_000);
    observe(test, `timed-out, killed ${inSeconds(run.durationMs - 2_000)} after its limit (start included)`);
  });

  it('E18 a display that a later cell updates is updated where it stands', (test) => {
    const run = left('updates');
    expect(run.status).toBe('passed');
    expect(outputsOf(run.cells[0])).toContain('new');
    expect(outputsOf(run.cells[0])).not.toContain('old');
    observe(test, 'passed, the earlier cell shows the new value');
  });

  it('E19 what a thread prints after its cell is kept', (test) => {
    const run = left('late');
    expect(run).toMatchObject({ status: 'passed', output: { kind: 'complete' } });
    expect(run.cells.map(outputsOf).join()).toContain('late line');
    const where = run.cells.findIndex((cell) => outputsOf(cell).includes('late line')) + 1;
    observe(test, `passed, the line stands in cell ${where}`);
  });

  it('E20 input() fails its cell at once', (test) => {
    const run = left('asks');
    expect(run).toMatchObject({ status: 'failed', executed: 2 });
    expect(run.said).toContain('StdinNotImplementedError');
    observe(test, 'failed, StdinNotImplementedError');
  });

  it('E21 sys.exit and quit end a notebook as they say', (test) => {
    expect(left('exit0')).toMatchObject({ status: 'passed', executed: 2 });
    expect(left('exit3')).toMatchObject({ status: 'failed', said: 'SystemExit: 3' });
    expect(left('quits')).toMatchObject({ status: 'passed', executed: 2 });
    observe(test, 'sys.exit(0) and quit(): passed, later cells not run; sys.exit(3): failed');
  });

  it('E22 processes that a notebook leaves are ended, and told of', (test) => {
    expect(left('leaves').status).toBe('passed');
    expect(finished.stdout).toMatch(/[23] processes that its notebook had left running were ended/);
    expect(processesOf(folder)).toEqual([]);
    observe(test, 'passed, “processes that its notebook had left running were ended”, none left');
  });

  it('E38 text that is no Unicode leaves a valid file', (test) => {
    const run = left('text');
    expect(run.executed).toBe(3);
    expect(outputsOf(run.cells[1])).toContain('raw');
    expect(outputsOf(run.cells[2])).toContain('é');
    const path = join(folder, 'papermill_outputs/text.ipynb');
    new TextDecoder('utf8', { fatal: true }).decode(readFileSync(path));
    observe(test, `${run.status}, the file is valid UTF-8 JSON`);
  });

  it('E39 a notebook that changes directory, environment and umask harms no other', (test) => {
    expect(left('escapes').status).toBe('passed');
    const run = left('bystander');
    expect(run.status).toBe('passed');
    expect(outputsOf(run.cells[0])).toContain(`True ${folder}`);
    expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('x');
    observe(test, 'passed, and so do all others');
  });
});
