import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeNotebook } from '../../__tests__/fakes/code-notebook.ts';
import { type Loads, many, seconds, told } from './load.ts';
import { forget, type LoadRun, measure } from './measured-batch.ts';

/** How often the loads that repeat something do so. */
const TIMES = { deaths: 100, interrupts: 50 };

/** Kernels that die, and batches that are interrupted. */
export const END_LOADS: Loads = {
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

function noticedMs({ name, startedAt, durationMs }: LoadRun, folder: string): number {
  const at = Number(readFileSync(join(folder, `${name.slice(1)}.at`), 'utf8')) * 1000;
  return Date.parse(startedAt) + durationMs - at;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
