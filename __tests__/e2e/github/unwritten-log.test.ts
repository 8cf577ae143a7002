import { expect, it } from 'vitest';
import { namesIn } from './unzip.ts';
import { commandsIn, Workflow } from './workflow.ts';

const IN_ITS_PLACE = {
  'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } },
  'papermill_outputs/batch.log/kept.txt': 'A folder where the log goes.',
};

it.each([
  ['warn', 0],
  ['fail', 4],
])('a log that cannot be written costs one warning, with publish-errors: %s', async (errors, status) => {
  const workflow = await Workflow.start({ files: IN_ITS_PLACE });
  const step = await workflow.run({ 'publish-errors': errors });
  expect(step.status).toBe(status);
  expect(commandsIn(step)).toEqual([expect.stringMatching(/^::warning::batch\.log could not be written: E/)]);
  const [{ content } = { content: Buffer.alloc(0) }] = workflow.artifacts.stored;
  expect(namesIn(content)).toEqual(['nb/only/nb_only.ipynb', 'results.json']);
  expect(step.summary).toContain('only');
});
