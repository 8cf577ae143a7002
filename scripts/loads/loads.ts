import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeNotebook } from '../../__tests__/fakes/code-notebook.ts';
import { forget, type LoadRun, measure, type Measured } from './measured-batch.ts';

/** One load: what it is, and what was measured of it, in a line. */
export interface Load {
  readonly title: string;
  readonly run: (python: string) => Promise<Outcome>;
}

export interface Outcome {
  readonly held: boolean;
  readonly figures: string;
}

/** How often the loads that repeat something do so. */
const TIMES = { deaths: 100, interrupts: 10 };

export const LOADS: Readonly<Record<string, Load>> = {
  L1: {
    title: '1,000 runs of a notebook of 3 cells, 4 at once',
    run: async (python) => {
      const measured = await measure({
        python,
        args: ['--max-parallel', '4'],
        files: many(1_000, codeNotebook('n = 0', 'x = n * 2', 'print(x)')),
      });
      const growth = growthOf(measured);
      const held = allPassed(measured) && peak(measured, 'ownBytes') < 300e6 && growth < 40e6;
      const files = `server: ${measured.samples.at(-5)?.serverFiles ?? '?'} files open near the end`;
      return await told(measured, held, `our memory grew by ${megabytes(growth)}; ${files}`);
    },
  },
  L2: {
    title: '100 kernels at once',
    run: async (python) => {
      // Each waits for all the others: none can end before the last has started.
      const together = `import pathlib, time
pathlib.Path(f"at-{n}").touch()
while len(list(pathlib.Path(".").glob("at-*"))) < 100: time.sleep(0.5)`;
      const measured = await measure({
        python,
        args: ['--max-parallel', '100', '--start-timeout', '180'],
        files: many(100, codeNotebook('n = 0', together)),
      });
      return await told(measured, allPassed(measured) && peak(measured, 'allBytes') < 8e9);
    },
  },
  L3: {
    title: 'a notebook of 10,000 cells',
    run: async (python) => {
      const cells = Array.from({ length: 10_000 }, (_, index) => `print(${index})`);
      const measured = await measure({ python, files: many(1, codeNotebook(...cells)) });
      const each = (measured.runs[0]?.durationMs ?? NaN) / 10_000;
      const held = allPassed(measured) && peak(measured, 'ownBytes') < 400e6;
      return await told(measured, held, `${each.toFixed(1)} ms per cell`);
    },
  },
  L4: {
    title: '500 MB printed by one cell',
    run: (python) => flooding(python, 'for _ in range(500): print("x" * 999_999)', { mostBytes: 1e9 }),
  },
  L5: {
    title: '60,000 displays in a burst',
    run: (python) =>
      flooding(python, 'for i in range(60_000): display(i)', { mostBytes: 1e9, complete: true }),
  },
  L6: {
    title: '4 runs print 100 MB each at the same time',
    run: async (python) => {
      const cell = 'for _ in range(100): print("x" * 999_999)';
      const measured = await measure({
        python,
        args: ['--max-parallel', '4'],
        files: many(4, codeNotebook('n = 0', cell)),
      });
      return await told(measured, allPassed(measured) && peak(measured, 'ownBytes') < 1.5e9);
    },
  },
  L7: {
    title: '1,000 images of 50 kB in one cell',
    run: (python) =>
      flooding(python, 'for i in range(1_000): display({"image/png": "A" * 66_664}, raw=True)', {
        mostBytes: 1e9,
        complete: true,
      }),
  },
  L8: {
    title: `${TIMES.deaths} kernels die: from death to status`,
    run: async (python) => {
      const dies = 'import os, time\nopen(f"{n}.at", "w").write(str(time.time())); os._exit(3)';
      const measured = await measure({
        python,
        args: ['--max-parallel', '2'],
        files: many(TIMES.deaths, codeNotebook('n = 0', dies)),
      });
      const delays = measured.runs.map((run) => noticedMs(run, measured.folder)).sort((a, b) => a - b);
      const [median, longest] = [delays[delays.length / 2] ?? NaN, delays.at(-1) ?? NaN];
      const dead = measured.runs.every(({ status }) => status === 'kernel-died');
      return await told(
        measured,
        dead && longest < 2_000,
        `median ${seconds(median)}, longest ${seconds(longest)}`,
      );
    },
  },
  L10: {
    title: `SIGINT with 8 kernels, 4 of them deaf, ${TIMES.interrupts} times: to the exit`,
    run: async (python) => {
      const hangs = `import pathlib, signal, time
if n % 2: signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
pathlib.Path(f"at-{n}").touch()
time.sleep(600)`;
      const took: number[] = [];
      let clean = true;
      for (let time = 0; time < TIMES.interrupts; time++) {
        let interruptedAt = 0;
        const measured = await measure({
          python,
          args: ['--max-parallel', '8'],
          files: many(8, codeNotebook('n = 0', hangs)),
          during: ({ pid, folder }) => {
            const all = Array.from({ length: 8 }, (_, n) => join(folder, `at-${n}`)).every(exists);
            if (!all || interruptedAt > 0) return;
            interruptedAt = performance.now();
            process.kill(pid, 'SIGINT');
          },
        });
        took.push(measured.endedAt - interruptedAt);
        clean &&= measured.status === 130 && measured.leftovers === 0;
        await forget(measured);
      }
      const longest = Math.max(...took);
      return {
        held: clean && longest < 5_000,
        figures: `longest ${seconds(longest)}, nothing left behind: ${clean ? 'yes' : 'no'}`,
      };
    },
  },
};

/** A batch of so many runs of one notebook, told apart by `n`. */
function many(count: number, notebook: object): Record<string, unknown> {
  const runs = Array.from({ length: count }, (_, n) => [
    `r${n}`,
    { notebook: 'nb.ipynb', parameters: { n } },
  ]);
  return { 'nb.ipynb': notebook, 'configs.json': Object.fromEntries(runs) as object };
}

async function flooding(
  python: string,
  cell: string,
  limits: { readonly mostBytes: number; readonly complete?: boolean },
): Promise<Outcome> {
  const measured = await measure({ python, files: many(1, codeNotebook('n = 0', cell)) });
  const [run] = measured.runs;
  const size = statSync(join(measured.folder, run?.outputPath ?? '')).size;
  const whole = run?.output.kind === (limits.complete === true ? 'complete' : 'truncated');
  const held = allPassed(measured) && whole && peak(measured, 'ownBytes') < limits.mostBytes && size < 110e6;
  return await told(measured, held, `output ${run?.output.kind ?? '?'}, file ${megabytes(size)}`);
}

async function told(measured: Measured, held: boolean, more?: string): Promise<Outcome> {
  const passed = measured.runs.filter(({ status }) => status === 'passed').length;
  const figures = [
    `${seconds(measured.wallMs)}, ${passed} of ${measured.runs.length} passed`,
    ...(more === undefined ? [] : [more]),
    `most memory: ours ${megabytes(peak(measured, 'ownBytes'))}, server ${megabytes(peak(measured, 'serverBytes'))}, all ${megabytes(peak(measured, 'allBytes'))}`,
    `${measured.leftovers} left behind`,
  ];
  await forget(measured);
  return { held: held && measured.leftovers === 0, figures: figures.join('; ') };
}

function allPassed({ runs, status }: Measured): boolean {
  return status === 0 && runs.every((run) => run.status === 'passed');
}

function peak({ samples }: Measured, of: 'ownBytes' | 'serverBytes' | 'allBytes'): number {
  return Math.max(0, ...samples.map((sample) => sample[of] ?? 0));
}

/** Of our own memory, from the second quarter of the time to the last: the first is spent on getting warm. */
function growthOf({ samples }: Measured): number {
  const quarter = Math.floor(samples.length / 4);
  const most = (from: number, to: number): number =>
    Math.max(...samples.slice(from, to).map(({ ownBytes }) => ownBytes));
  return most(3 * quarter, samples.length) - most(quarter, 2 * quarter);
}

function noticedMs({ name, startedAt, durationMs }: LoadRun, folder: string): number {
  const at = Number(readFileSync(join(folder, `${name.slice(1)}.at`), 'utf8')) * 1000;
  return Date.parse(startedAt) + durationMs - at;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
