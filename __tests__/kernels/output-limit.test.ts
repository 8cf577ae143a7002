import { afterAll, beforeAll, expect, it } from 'vitest';
import { executeCells, executeChaos, startTestKernels, type TestKernels, textOf } from './chaos.ts';

const DEFAULT_LIMITS = { streamBytes: 8e6, outputBytes: 20e6, notebookBytes: 100e6 };
/** 200 lines of a megabyte: 200 MB. */
const LONG_STREAM = 'line = "x" * 999_999\nfor _ in range(200): print(line)\nprint("the end")';

let kernels: TestKernels;
beforeAll(async () => {
  kernels = await startTestKernels(DEFAULT_LIMITS);
});
afterAll(async () => {
  await kernels.jupyter[Symbol.asyncDispose]();
});

/** Most memory that this process has ever used, in MiB. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}

// First: the peak only grows.
it('200 MB of stream: under the default limits head and tail are kept, and memory is bounded', async () => {
  const before = peakMemory();
  const { result, cells, metadata } = await executeCells(kernels, [LONG_STREAM, 'print("next")'], {
    outputLimits: DEFAULT_LIMITS,
  });
  expect(peakMemory() - before).toBeLessThan(700);
  expect(result).toMatchObject({ status: 'passed', output: { kind: 'truncated' } });
  expect(metadata['parallel_notebooks']).toEqual({ output: { kind: 'truncated' } });
  const text = textOf(cells[0]);
  expect(text.length).toBeGreaterThan(8e6);
  expect(text.length).toBeLessThan(8e6 + 100_000);
  expect(text).toMatch(/x\n\[19[12]\.\d MB of output left out here: more than output-limit allows\]\nx/);
  expect(text.endsWith('x\nthe end\n')).toBe(true);
  expect(textOf(cells[1])).toBe('next\n');
});

it('one message far beyond the limits is not even read: a notice tells of it', async () => {
  const before = peakMemory();
  const source = [
    'from IPython.display import display',
    'print("é" + "y" * 60_000_000 + "é\\nthe end")',
    'display({"text/plain": "small", "text/html": "<p>" + "z" * 150_000_000}, raw=True)',
    'print("after")',
  ].join('\n');
  const { result, cells } = await executeCells(kernels, [source], { outputLimits: DEFAULT_LIMITS });
  expect(peakMemory() - before).toBeLessThan(1200); // the message itself, once or twice
  expect(result).toMatchObject({ status: 'passed', output: { kind: 'truncated' } });
  const [stream, shown] = cells[0]?.outputs ?? [];
  const text = (stream?.output_type === 'stream' ? [stream.text] : []).flat().join('');
  // Behind the display, what is printed goes to the end of the stream that was cut.
  expect(text).toMatch(
    /^éy+\n\[51\.9 MB of output left out here: more than output-limit allows\]\ny+é\nthe end\nafter\n$/,
  );
  expect(text.length).toBeGreaterThan(8e6);
  expect(shown).toMatchObject({
    data: { 'text/plain': ['[text/html of 150 MB left out here: more than output-limit allows]'] },
  });
});

it('an error of 130 MB is still an error, and says whose', async () => {
  const { result, cells } = await executeChaos(kernels, [[['busy'], ['fail', 130_000_000], ['idle']]], {
    outputLimits: DEFAULT_LIMITS,
  });
  const evalue = '[error of 130 MB left out here: more than output-limit allows]';
  expect(result).toMatchObject({
    status: 'failed',
    output: { kind: 'truncated' },
    error: { ename: 'Boom', evalue },
  });
  expect(cells[0]?.outputs).toEqual([{ output_type: 'error', ename: 'Boom', evalue, traceback: [] }]);
});

it('with the limits lifted, 200 MB of stream arrive whole', async () => {
  const unlimited = await startTestKernels();
  const { result, cells } = await executeCells(unlimited, [LONG_STREAM]);
  expect(result).toMatchObject({ status: 'passed', output: { kind: 'complete' } });
  expect(textOf(cells[0]).length).toBe(200 * 1_000_000 + 'the end\n'.length);
  await unlimited.jupyter[Symbol.asyncDispose]();
});
