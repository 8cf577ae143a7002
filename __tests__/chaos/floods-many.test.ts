import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { executeCells, startTestKernels, textOf } from '../kernels/chaos.ts';
import { flood, megabytes, MOST_MEMORY } from './flood.ts';
import { observe } from './observed.ts';

describe('a notebook that says too much', () => {
  it('E14 in a burst of 60,000 displays is heard to the last', async (test) => {
    const seen = await flood(['for i in range(60_000): display(i)', 'print("next")']);
    expect(seen).toMatchObject({ status: 'passed', output: { kind: 'complete' } });
    expect(seen.cells[0]?.outputs?.length).toBe(60_000);
    expect(seen.peakBytes).toBeLessThan(MOST_MEMORY);
    observe(test, `passed, complete: 60,000 outputs; at most ${megabytes(seen.peakBytes)}`);
  });

  it('E37 in 100,000 comm messages is heard, within the limits of a notebook', async (test) => {
    const widget = [
      'from comm import create_comm',
      'comm = create_comm(target_name="jupyter.widget", data={"state": {"_model_name": "M"}})',
      'for i in range(100_000): comm.send({"method": "update", "state": {f"k{i}": "v" * 1000}})',
    ].join('\n');
    const seen = await flood([widget, 'print("next")'], { args: ['--output-limit', 'notebook=10MB'] });
    expect(seen).toMatchObject({ status: 'passed', output: { kind: 'truncated' } });
    expect(JSON.stringify(seen.cells[1]?.outputs)).toContain('next');
    expect(seen.fileBytes).toBeLessThan(12e6);
    observe(test, `passed, state cut at ${megabytes(seen.fileBytes)}; at most ${megabytes(seen.peakBytes)}`);
  });
});

it('E16 an error that the server’s rate limit drops is taken from the reply', async (test) => {
  // The real server, with the switch set back to its default.
  const scripts = await mkdtemp(join(tmpdir(), 'scripts-'));
  await cp(join(import.meta.dirname, '../../python'), scripts, { recursive: true });
  const server = join(scripts, 'batch_server.py');
  const source = await readFile(server, 'utf8');
  const limited = source.replace('.limit_rate = False', '.limit_rate = True');
  expect(limited).not.toBe(source);
  await writeFile(server, limited);
  const kernels = await startTestKernels({}, scripts);
  const cell = 'for i in range(20_000): display(i)\nraise ValueError("after the flood")';
  const { result, cells } = await executeCells(kernels, [cell]);
  await kernels.jupyter[Symbol.asyncDispose]();
  expect(result).toMatchObject({
    status: 'failed',
    error: { ename: 'ValueError', evalue: 'after the flood' },
  });
  expect(cells[0]?.outputs.at(-1)).toMatchObject({ output_type: 'error', ename: 'ValueError' });
  // The server's own notice is in the way of counting.
  expect(result.output.kind).not.toBe('complete');
  expect(textOf(cells[0])).toContain('rate');
  observe(test, `failed, “ValueError: after the flood”, output ${result.output.kind}`);
});
