import { expect, it } from 'vitest';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it('comments on GitHub Enterprise Server, and says what to do about the artifact that it does not take', async () => {
  const env = { GITHUB_SERVER_URL: 'https://github.example.org' };
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(),
    files: ONE,
    env,
  });
  const step = await workflow.run();
  expect(step.status).toBe(0);
  expect(commandsIn(step)).toEqual([
    expect.stringMatching(/^::warning::.*"notebooks" was not uploaded.*actions\/upload-artifact@v3/),
  ]);
  expect(workflow.artifacts.calls).toEqual([]);
  expect(workflow.github.comments[0]?.body).toContain(
    'https://github.example.org/octo/notebooks/actions/runs/5000',
  );
});
