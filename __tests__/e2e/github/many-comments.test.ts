import { expect, it } from 'vitest';
import { commentMarker } from '../../../src/report/comment-marker.ts';
import { aPullRequestEvent, Workflow } from './workflow.ts';

const ONE = { 'configs.json': { only: { notebook: 'nb.ipynb', parameters: { n: 2 } } } };

it('finds its comment among 300, and leaves alone those that only look like it', async () => {
  const workflow = await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent(), files: ONE });
  const { github } = workflow;
  const marker = commentMarker('notebooks/batch', { number: 1, attempt: 1 });
  const before = Array.from({ length: 300 }, (_, index) => {
    if (index === 250) return github.comment(12, 'github-actions[bot]', `${marker}\nours`);
    if (index === 20) return github.comment(12, 'mallory', `${marker}\nforged`);
    if (index === 30) return github.comment(12, 'github-actions[bot]', `> ${marker}\nquoted`);
    if (index === 40)
      return github.comment(12, 'github-actions[bot]', `${commentMarker('other/batch')}\nanother's`);
    return github.comment(12, 'alice', `remark ${index}`);
  }).map(({ body }) => body);

  const step = await workflow.run({ upload: 'never' });
  expect(step.status).toBe(0);
  const after = github.comments.map(({ body }) => body);
  expect(after).toHaveLength(300);
  expect(after.filter((body, index) => body !== before[index])).toEqual([
    expect.stringContaining('written by run 7.1'),
  ]);
  expect(after[250]).not.toContain('ours');
});
