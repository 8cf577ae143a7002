import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../../src/adapters/poll-until.ts';
import { aNotebook, filesIn } from '../bundle.ts';
import { fileIn, namesIn } from './unzip.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

/** The runner kills a cancelled step ten seconds after SIGINT. */
const WINDOW_MS = 10_000;

it('publishes in the post step what a cancelled batch has left', async () => {
  const hanging = 'import pathlib, time\npathlib.Path("hangs").touch()\ntime.sleep(600)';
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(),
    files: {
      'nb.ipynb': aNotebook('n = 0', 'print("before the end")', hanging),
      'configs.json': { first: { notebook: 'nb.ipynb' }, second: { notebook: 'nb.ipynb' } },
    },
  });
  const { github, artifacts, folder } = workflow;
  const { running, finished } = workflow.start();
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => filesIn(folder).includes('hangs'));
  const cancelledAt = performance.now();
  running.child.kill('SIGINT');
  const main = await finished;
  expect(main.status).toBe(130);
  expect(performance.now() - cancelledAt).toBeLessThan(WINDOW_MS);
  expect([artifacts.stored, github.comments]).toEqual([[], []]);

  const post = await workflow.post(main);
  expect(post.status).toBe(0);
  const zip = artifacts.stored[0]?.content ?? Buffer.alloc(0);
  expect(namesIn(zip)).toEqual(['batch.log', 'nb/first/nb_first.ipynb', 'results.json']);
  expect(await fileIn(zip, 'nb/first/nb_first.ipynb')).toContain('before the end');
  expect(github.comments[0]?.body).toContain('cancelled');
  expect(artifacts.stored[1]).toMatchObject({ name: 'notebooks-report.html', mimeType: 'text/html' });
  expect(artifacts.stored[1]?.content.toString()).toContain('2 of 2 runs did not pass');
  expect(post.outputs['report-url']).toBeUndefined(); // nobody can read outputs of a post step
  expect(post.summary).toContain('cancelled');
  expect(commandsIn(post)[0]).toMatch(/^::notice::The batch did not end by itself/);

  // Once more is nothing more.
  await workflow.post({ ...main, state: { ...main.state, published: 'true' } });
  expect(artifacts.stored).toHaveLength(2);
});

it('keeps a partial notebook within the window of the runner, though its kernel hears no signal', async () => {
  const deaf = [
    'import pathlib, signal, time',
    'signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])',
    'pathlib.Path(f"hangs-{n}").touch()',
    'time.sleep(600)',
  ].join('\n');
  const workflow = await Workflow.start({
    files: {
      'nb.ipynb': aNotebook('n = 0', 'print("before the end")', deaf),
      'configs.json': {
        first: { notebook: 'nb.ipynb', parameters: { n: 1 } },
        second: { notebook: 'nb.ipynb', parameters: { n: 2 } },
      },
    },
  });
  const { running, finished } = workflow.start({ 'max-parallel': '2' });
  const bothHang = (): boolean =>
    ['hangs-1', 'hangs-2'].every((name) => filesIn(workflow.folder).includes(name));
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, bothHang);
  // As the runner does it: https://github.com/actions/runner `ProcessInvoker`.
  running.child.kill('SIGINT');
  const later = [setTimeout(() => running.child.kill('SIGTERM'), 7_500)];
  later.push(setTimeout(() => running.child.kill('SIGKILL'), WINDOW_MS));
  const main = await finished;
  later.forEach(clearTimeout);
  // Neither of the other signals was needed.
  expect(main.status).toBe(130);

  expect((await workflow.post(main)).status).toBe(0);
  const zip = workflow.artifacts.stored[0]?.content ?? Buffer.alloc(0);
  expect(JSON.parse((await fileIn(zip, 'results.json')) ?? '')).toMatchObject({
    runs: [{ status: 'cancelled' }, { status: 'cancelled' }],
  });
  expect(await fileIn(zip, 'nb/first/nb_first.ipynb')).toContain('before the end');
});

it('publishes in the post step when the job is cancelled while the main step publishes', async () => {
  const workflow = await Workflow.start({ event: 'pull_request', payload: aPullRequestEvent() });
  const { github, artifacts } = workflow;
  artifacts.held = new Promise(() => undefined);
  const { running, finished } = workflow.start({ select: 'by-1' });
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => artifacts.calls.length > 0);
  const cancelledAt = performance.now();
  running.child.kill('SIGINT');
  const main = await finished;
  expect(main.status).toBe(130);
  expect(performance.now() - cancelledAt).toBeLessThan(WINDOW_MS);
  expect([commandsIn(main), main.summary, github.comments]).toEqual([[], '', []]);

  artifacts.held = undefined;
  const post = await workflow.post(main);
  expect(artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);
  expect(github.comments[0]?.body).toContain('by-1');
  expect(post.summary).toContain('by-1');
});

it('uploads what is there when the main step was killed before it could write results', async () => {
  const hanging = 'import pathlib, time\npathlib.Path("hangs").touch()\ntime.sleep(600)';
  const workflow = await Workflow.start({
    files: {
      'nb.ipynb': aNotebook('n = 0', 'print(1)', hanging),
      'configs.json': { first: { notebook: 'nb.ipynb' } },
      // Of an earlier batch: not this one's to publish.
      'papermill_outputs/results.json': { version: 1 },
    },
  });
  const { running, finished } = workflow.start();
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => filesIn(workflow.folder).includes('hangs'));
  running.child.kill('SIGKILL');
  const main = await finished;
  expect((await workflow.post(main)).status).toBe(0);
  expect(namesIn(workflow.artifacts.stored[0]?.content ?? Buffer.alloc(0))).toEqual([
    'nb/first/nb_first.ipynb',
  ]);
  expect(readFileSync(join(workflow.folder, 'papermill_outputs/results.json'), 'utf8')).toContain('version');
});
