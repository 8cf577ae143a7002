import { statSync } from 'node:fs';
import { join } from 'node:path';
import { codeNotebook } from '../../__tests__/fakes/code-notebook.ts';
import { allPassed, type Bounds, type Loads, many, megabytes, type Outcome, told, within } from './load.ts';
import { measure } from './measured-batch.ts';

/** Cells that print and show more than a notebook can hold. */
export const FLOOD_LOADS: Loads = {
  L4: {
    title: '500 MB printed by one cell',
    run: (python) =>
      flooding(python, 'for _ in range(500): print("x" * 999_999)', {
        seconds: 30,
        ownBytes: 1e9,
        serverBytes: 2.5e9,
        fileBytes: 12e6,
        output: 'truncated',
      }),
  },
  L5: {
    title: '60,000 displays in a burst',
    run: (python) =>
      flooding(python, 'for i in range(60_000): display(i)', {
        seconds: 60,
        ownBytes: 1e9,
        output: 'complete',
      }),
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
      return await told(measured, allPassed(measured) && within(measured, { ownBytes: 1.5e9 }));
    },
  },
  L7: {
    title: '1,000 images of 50 kB in one cell',
    run: (python) =>
      flooding(python, 'for i in range(1_000): display({"image/png": "A" * 66_664}, raw=True)', {
        seconds: 60,
        ownBytes: 1e9,
        fileBytes: 100e6,
        output: 'complete',
      }),
  },
};

async function flooding(
  python: string,
  cell: string,
  bounds: Bounds & { readonly output: string; readonly fileBytes?: number },
): Promise<Outcome> {
  const measured = await measure({ python, files: many(1, codeNotebook('n = 0', cell)) });
  const [run] = measured.runs;
  const size = statSync(join(measured.folder, run?.outputPath ?? '')).size;
  const held =
    allPassed(measured) &&
    within(measured, bounds) &&
    run?.output.kind === bounds.output &&
    size <= (bounds.fileBytes ?? Infinity);
  return await told(measured, held, `output ${run?.output.kind ?? '?'}, file ${megabytes(size)}`);
}
