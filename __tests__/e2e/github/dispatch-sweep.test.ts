import { expect, it } from 'vitest';
import { commandsIn, PULL_REQUEST, Workflow } from './workflow.ts';

it('shows a sweep that was started by hand as a table of what varies, and comments nowhere', async () => {
  const workflow = await Workflow.start({
    event: 'workflow_dispatch',
    payload: { inputs: { parameters: 'n: [1, 2]' } },
  });
  workflow.github.pullRequests.push(PULL_REQUEST);
  const step = await workflow.run({ parameters: 'n: [1, 2]', select: 'by-3*', 'retention-days': '3' });
  expect([step.status, commandsIn(step)]).toEqual([0, []]);
  expect(step.outputs).toMatchObject({ total: '2', passed: '2', 'artifact-id': '1000' });
  expect(step.summary).toMatch(/^\|.*\| n \|.*\|$/m);
  expect(workflow.artifacts.stored[0]?.expiresAt).toBeDefined();
  expect(workflow.github.operations).toEqual([]);
});
