import { expect, it } from 'vitest';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { executeChaos, properly, startTestKernels } from './chaos.ts';

it('a kernel that kills the server costs the runs on it, at once, and leaves no process behind', async () => {
  const kernels = await startTestKernels();
  const bystander = executeChaos(kernels, [[['busy'], ['stream', 'a\n'], ['sleep', 600]]]);
  const { result, cells } = await executeChaos(kernels, [
    properly(['stream', 'a\n'], ['sleep', 1]),
    [['busy'], ['stream', 'b\n'], ['sleep', 1], ['kill parent'], ['sleep', 600]],
    properly(),
  ]);
  expect(result).toMatchObject({
    status: 'infra-error',
    cells: { total: 3, executed: 1 },
    error: { ename: 'Disconnected', cellIndex: 1 },
  });
  expect(result.error?.evalue).toContain('the Jupyter server is gone: it was ended by SIGKILL');
  expect(cells[1]?.outputs).toMatchObject([{ text: ['b\n'] }, { ename: 'Disconnected' }]);
  expect((await bystander).result).toMatchObject({ status: 'infra-error', error: { ename: 'Disconnected' } });
  expect(result.durationMs).toBeLessThan(30_000);
  await kernels.jupyter[Symbol.asyncDispose]();
  expect(leftoverProcesses(kernels.batchId)).toEqual([]);
});
