import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it('warns with a cure when the artifact storage is full, and the files stay', async () => {
  const workflow = await Workflow.start({ files: ONE });
  workflow.artifacts.refuse = () => ({ status: 403, msg: 'insufficient usage to create artifact' });
  const step = await workflow.run();
  expect(step.status).toBe(0);
  expect(commandsIn(step)).toEqual([
    expect.stringMatching(
      /^::warning::.*"notebooks" was not uploaded.*storage is full.*retention-days.*papermill_outputs/,
    ),
  ]);
  expect(workflow.artifacts.calls).toEqual(['CreateArtifact']);
  expect(
    existsSync(join(workflow.folder, step.outputs['results'] ?? '')) ||
      existsSync(step.outputs['results'] ?? ''),
  ).toBe(true);
  expect(step.outputs['artifact-id']).toBeUndefined();
  expect(step.summary).toContain('only');

  expect((await workflow.run({ 'publish-errors': 'fail' })).status).toBe(4);
});
