import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Cell, ErrorOutput } from '../../src/notebook/types.ts';
import { installChaosKernel } from '../kernels/chaos.ts';
import { aFolder, aNotebook, resultsIn, runBundle } from './bundle.ts';

const FOREVER = 'print("begun", flush=True)\nimport time; time.sleep(600)';

/** The errors that stand in the cells of an executed notebook, by the index of the cell in its source. */
function errorsIn(folder: string, name: string): Record<string, string[]> {
  const path = join(folder, `papermill_outputs/nb/${name}/nb_${name}.ipynb`);
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as { cells: Cell[] };
  const errors = cells.map(({ id = '', outputs = [] }) => {
    const raised = outputs.filter((output): output is ErrorOutput => output.output_type === 'error');
    return [id, raised.map(({ ename, evalue }) => `${ename}: ${evalue}`)] as const;
  });
  return Object.fromEntries(errors.filter(([, raised]) => raised.length > 0));
}

describe('a deadline', () => {
  it('of a cell, which its own metadata may override, ends the cell and the run', async () => {
    const patient = aNotebook('1', 'import time; time.sleep(6)', FOREVER) as { cells: Cell[] };
    for (const [index, seconds] of [
      [1, 60],
      [2, 1],
    ] as const) {
      const cell = patient.cells[index];
      if (cell) cell.metadata['execution'] = { timeout: seconds };
    }
    const folder = await aFolder({
      'nb.ipynb': aNotebook('1', FOREVER, 'print("never")'),
      'patient.ipynb': patient,
      'configs.json': {
        plain: { notebook: 'nb.ipynb', parameters: {} },
        own: { notebook: 'patient.ipynb', parameters: {} },
      },
    });
    const { status } = await runBundle(['run', '--cell-timeout', '3'], { cwd: folder });
    expect(status).toBe(1);
    const evalue = 'This cell took longer than its limit of';
    expect(resultsIn(folder).runs).toMatchObject([
      {
        status: 'timed-out',
        error: { ename: 'CellTimeoutError', evalue: `${evalue} 3 s.`, cellIndex: 1 },
        cells: { total: 3, executed: 1 },
      },
      {
        status: 'timed-out',
        error: { ename: 'CellTimeoutError', evalue: `${evalue} 1 s.`, cellIndex: 2 },
        cells: { total: 3, executed: 2 },
      },
    ]);
    expect(errorsIn(folder, 'plain')).toEqual({
      'cell-1': ['KeyboardInterrupt: ', `CellTimeoutError: ${evalue} 3 s.`],
    });
  });

  it('of a run ends the cell that runs, and is recorded in it', async () => {
    const folder = await aFolder({
      'nb.ipynb': aNotebook('import time', 'time.sleep(0.1)', FOREVER, 'print("never")'),
      'configs.json': {
        short: { notebook: 'nb.ipynb', run: { timeout: 15 } },
      },
    });
    const { status, stdout } = await runBundle(['run'], { cwd: folder });
    expect(status).toBe(1);
    const evalue = 'The run took longer than its limit of 15 s.';
    expect(resultsIn(folder).runs).toMatchObject([
      { status: 'timed-out', error: { ename: 'RunTimeoutError', evalue, cellIndex: 2 } },
    ]);
    expect(errorsIn(folder, 'short')).toEqual({
      'cell-2': ['KeyboardInterrupt: ', `RunTimeoutError: ${evalue}`],
    });
    expect(stdout).toContain(evalue);
  });

  it('of the batch ends what runs, and what waits is skipped with the reason', async () => {
    const folder = await aFolder({
      'nb.ipynb': aNotebook(FOREVER),
      'configs.json': { first: { notebook: 'nb.ipynb' }, second: { notebook: 'nb.ipynb' } },
    });
    const { status } = await runBundle(['run', '--batch-timeout', '15s', '--max-parallel', '1'], {
      cwd: folder,
    });
    expect(status).toBe(1);
    const evalue = 'The batch took longer than its limit of 15 s.';
    const results = resultsIn(folder);
    expect(results.totals).toEqual({ total: 2, passed: 0, failed: 1, skipped: 1 });
    expect(results.runs).toMatchObject([
      { status: 'timed-out', error: { ename: 'BatchTimeoutError', evalue, cellIndex: 0 } },
      {
        status: 'skipped',
        attempts: 0,
        error: { evalue: "Not started: the batch's time of 15 s was over.", cellIndex: null },
      },
    ]);
    expect(errorsIn(folder, 'first')).toEqual({
      'cell-0': ['KeyboardInterrupt: ', `BatchTimeoutError: ${evalue}`],
    });
  });

  it('of the start of a kernel that never answers ends the run before anything was executed', async () => {
    const folder = await aFolder({
      'nb.ipynb': aNotebook('[["busy"]]'),
      'configs.json': {
        mute: {
          notebook: 'nb.ipynb',
          parameters: {},
          run: { kernel: 'chaos', env: { CHAOS_START: 'mute' } },
        },
      },
    });
    const env = { JUPYTER_PATH: await installChaosKernel(folder) };
    const { status } = await runBundle(['run', '--start-timeout', '3'], { cwd: folder, env });
    expect(status).toBe(1);
    expect(resultsIn(folder).runs).toMatchObject([
      {
        status: 'kernel-start-failed',
        attempts: 1,
        cells: { total: 1, executed: 0 },
        error: { ename: 'KernelStartError', cellIndex: null },
      },
    ]);
    expect(resultsIn(folder).runs[0]?.error?.['evalue']).toContain('it did not answer within 3 s.');
    expect(errorsIn(folder, 'mute')).toEqual({});
  });
});
