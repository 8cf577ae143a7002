import { join } from 'node:path';
import { codeNotebook } from '../../__tests__/fakes/code-notebook.ts';
import { allPassed, growthOf, type Loads, many, megabytes, peak, told, within } from './load.ts';
import { cellTimes, measure } from './measured-batch.ts';

/** Many runs, many kernels, many cells. */
export const LARGE_LOADS: Loads = {
  L1: {
    title: '1,000 runs of a notebook of 3 cells, 4 at once',
    run: async (python) => {
      const measured = await measure({
        python,
        args: ['--max-parallel', '4'],
        files: many(1_000, codeNotebook('n = 0', 'x = n * 2', 'print(x)')),
      });
      const growth = growthOf(measured, 'ownBytes');
      const files = growthOf(measured, 'serverFiles');
      const held =
        allPassed(measured) &&
        within(measured, { seconds: 300, ownBytes: 300e6, serverBytes: 250e6 }) &&
        growth <= 20e6 &&
        files <= 100;
      return await told(measured, held, `grew by ${megabytes(growth)} and ${files} files of the server`);
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
      return await told(measured, allPassed(measured) && within(measured, { seconds: 120, allBytes: 8e9 }));
    },
  },
  L3: {
    title: 'a notebook of 10,000 cells',
    run: async (python) => {
      const cells = Array.from({ length: 10_000 }, (_, index) => `print(${index})`);
      const measured = await measure({ python, files: many(1, codeNotebook(...cells)) });
      const times = await cellTimes(join(measured.folder, measured.runs[0]?.outputPath ?? ''));
      const median = times.map(({ durationMs }) => durationMs).sort((a, b) => a - b)[5_000] ?? NaN;
      const written = peak(measured, 'writtenBytes');
      const held =
        allPassed(measured) &&
        within(measured, { seconds: 100, ownBytes: 300e6 }) &&
        median <= 8 &&
        written <= 300e6;
      return await told(
        measured,
        held,
        `the median cell ${median.toFixed(1)} ms, ${megabytes(written)} written`,
      );
    },
  },
};
