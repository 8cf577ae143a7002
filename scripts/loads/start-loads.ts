import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeNotebook } from '../../__tests__/fakes/code-notebook.ts';
import { allPassed, type Loads, many, megabytes, seconds } from './load.ts';
import { BUNDLE, cellTimes, forget, measure } from './measured-batch.ts';

const [STARTS, REPORTED] = [10, 1_000];

/** What a batch costs before its first cell, and its report after its last one. */
export const START_LOADS: Loads = {
  L12: {
    title: 'the report of 1,000 runs of 3 cells, without pictures',
    run: async (python) => {
      const measured = await measure({
        python,
        files: many(1, codeNotebook('n = 0', 'x = n * 2', 'print(x)')),
      });
      await repeatRun(measured.folder);
      const begun = performance.now();
      const args = [BUNDLE, 'report', 'papermill_outputs/results.json', '-o', 'report.html'];
      const { status } = spawnSync(process.execPath, args, { cwd: measured.folder, stdio: 'inherit' });
      const tookMs = performance.now() - begun;
      const { size } = await stat(join(measured.folder, 'report.html'));
      await forget(measured);
      const held = status === 0 && tookMs <= 5_000 && size <= 10e6;
      return { held, figures: `${seconds(tookMs)}, ${megabytes(size)}` };
    },
  },
  L14: {
    title: `${STARTS} batches of one cell: from the start of our process to its end`,
    run: async (python) => {
      const took: number[] = [];
      let passed = true;
      for (let time = 0; time < STARTS; time++) {
        const measured = await measure({ python, files: many(1, codeNotebook('n = 0')) });
        const [first] = await cellTimes(join(measured.folder, measured.runs[0]?.outputPath ?? ''));
        took.push((first?.endedAt ?? NaN) - measured.startedAt);
        passed &&= allPassed(measured);
        await forget(measured);
      }
      const sorted = took.toSorted((a, b) => a - b);
      const [median, longest] = [sorted[STARTS / 2] ?? NaN, sorted.at(-1) ?? NaN];
      const figures = `median ${seconds(median)}, longest ${seconds(longest)}`;
      return { held: passed && median <= 1_500, figures };
    },
  },
};

/** Makes of the one run so many, each with a notebook of its own. */
async function repeatRun(folder: string): Promise<void> {
  const path = join(folder, 'papermill_outputs/results.json');
  const results = JSON.parse(await readFile(path, 'utf8')) as {
    runs: { name: string; outputPath: string }[];
  };
  const [run] = results.runs;
  await mkdir(join(folder, 'repeated'));
  const runs = Array.from({ length: REPORTED }, async (_, index) => {
    const outputPath = `repeated/${index}.ipynb`;
    await copyFile(join(folder, run?.outputPath ?? ''), join(folder, outputPath));
    return { ...run, name: `${run?.name} ${index}`, outputPath };
  });
  await writeFile(path, JSON.stringify({ ...results, runs: await Promise.all(runs) }));
}
