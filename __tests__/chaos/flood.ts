import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../../src/notebook/types.ts';
import { aFolder, aNotebook, resultsIn, startBundle } from '../e2e/bundle.ts';
import { peakMemoryOf } from './marked-processes.ts';

/** Of our own process, whatever a notebook prints. */
export const MOST_MEMORY = 1_000_000_000;

export interface Flooded {
  readonly status: string;
  readonly output: { readonly kind: string };
  readonly cells: readonly Cell[];
  readonly peakBytes: number;
  readonly fileBytes: number;
}

/** Executes a notebook of these cells through the bundle, and watches the memory of its process. */
export async function flood(
  cells: readonly string[],
  options: { run?: Readonly<Record<string, unknown>>; args?: readonly string[] } = {},
): Promise<Flooded> {
  const { run = {}, args = [] } = options;
  const folder = await aFolder({
    'nb.ipynb': aNotebook(...cells),
    'configs.json': { flood: { notebook: 'nb.ipynb', parameters: {}, run } },
  });
  const running = startBundle(['run', ...args], { cwd: folder, deadlineMs: 280_000 });
  let peakBytes = 0;
  const watch = setInterval(() => (peakBytes = Math.max(peakBytes, peakMemoryOf(running.child.pid))), 20);
  await running.finished.finally(() => clearInterval(watch));
  const path = join(folder, 'papermill_outputs/nb/flood/nb_flood.ipynb');
  const left = JSON.parse(readFileSync(path, 'utf8')) as { cells: Cell[] };
  const [found] = resultsIn(folder).runs;
  return {
    status: found?.status ?? '',
    output: found?.output ?? { kind: '' },
    cells: left.cells.filter(({ id }) => id?.startsWith('cell-')),
    peakBytes,
    fileBytes: statSync(path).size,
  };
}

/** The notice about what was left out of the first cell's outputs. */
export function noticeIn({ cells }: Flooded): string {
  return /\[[^[\]{}"]*left out here[^\]]*\]/.exec(JSON.stringify(cells[0]?.outputs))?.[0] ?? '';
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
