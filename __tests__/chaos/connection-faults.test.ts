import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Executed, executeCells, startTestKernels, type TestKernels, textOf } from '../kernels/chaos.ts';
import { inSeconds, observe } from './observed.ts';
import { proxiedScripts } from './proxied-scripts.ts';

const DISPLAYS = 300;

let scripts: string;
let kernels: TestKernels;
beforeAll(async () => {
  scripts = await proxiedScripts();
  kernels = await startTestKernels({}, scripts);
});
afterAll(async () => {
  await kernels.jupyter[Symbol.asyncDispose]();
});

/** A cell that shows numbers, and has its connection cut for so many seconds before some of them. */
async function cutBefore(numbers: readonly number[], seconds = 0): Promise<Executed> {
  const cell = `import pathlib, time
for i in range(${DISPLAYS}):
    if i in ${JSON.stringify(numbers)}: pathlib.Path("${scripts}/cut").write_text("${seconds}")
    display(i)
    time.sleep(0.01)`;
  return await executeCells(kernels, [cell, 'print("next")']);
}

/** Nothing is missing that is not counted. */
function account({ result, cells }: Executed): string {
  const shown = cells[0]?.outputs.length ?? 0;
  const lost = result.output.kind === 'lost' ? result.output.messages : 0;
  expect(shown + lost).toBeGreaterThanOrEqual(DISPLAYS);
  if (result.output.kind === 'complete') expect(shown).toBe(DISPLAYS);
  return lost === 0 ? 'nothing lost' : `${lost} messages lost and counted`;
}

// Before the next test, after which the proxy takes no connection for a minute.
it('E26 a cell that is silent for long after a cut is waited for', async () => {
  const cell = `import pathlib, time\npathlib.Path("${scripts}/cut").write_text("0")\ntime.sleep(25)\nprint("awake")`;
  const { result, cells } = await executeCells(kernels, [cell, 'print("next")']);
  expect(result.status).toBe('passed');
  expect(textOf(cells[0])).toBe('awake\n');
});

it('E26 a connection that is cut once, and five times, comes back; what is lost is counted', async (test) => {
  const once = await cutBefore([100]);
  const often = await cutBefore([40, 90, 140, 190, 240]);
  expect([once.result.status, often.result.status]).toEqual(['passed', 'passed']);
  const seen = `once: ${account(once)}; five times: ${account(often)}`;

  const away = await cutBefore([100], 60);
  expect(away.result).toMatchObject({ status: 'infra-error', error: { ename: 'Disconnected' } });
  expect(away.result.durationMs).toBeLessThan(45_000);
  observe(test, `${seen}; for 60 s: infra-error after ${inSeconds(away.result.durationMs)}`);
});

it('E27 a connection that says it goes away, and then nothing, is given up', async (test) => {
  const own = await proxiedScripts();
  const others = await startTestKernels({}, own);
  const cell = `import pathlib, time\npathlib.Path("${own}/close").write_text("")\ntime.sleep(600)`;
  const { result } = await executeCells(others, ['1', cell]);
  expect(result).toMatchObject({ status: 'infra-error', error: { ename: 'Disconnected' } });
  expect(result.durationMs).toBeLessThan(45_000);
  observe(test, `infra-error after ${inSeconds(result.durationMs)}, “${result.error?.evalue ?? ''}”`);
  await others.jupyter[Symbol.asyncDispose]();
});
