import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { namesIn } from '../e2e/github/unzip.ts';
import { commandsIn, Workflow } from '../e2e/github/workflow.ts';
import { commentWriter } from '../../src/report/comment-marker.ts';
import { FakeArtifacts } from '../fakes/fake-artifacts.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';
import { listen } from '../fakes/loopback.ts';
import { observe } from './observed.ts';
import type { Race } from './racing-writer.ts';

const TWO = {
  'configs.json': {
    one: { notebook: 'nb.ipynb', parameters: { n: 1 } },
    two: { notebook: 'nb.ipynb', parameters: { n: 2 } },
  },
};

const RACES = 100;
/** By which one may be ahead of the other: about as long as a request takes. */
const LONGEST_DELAY_MS = 10;

/** In front of the artifact service: cuts this many connections, then lets everything through. */
async function cutting(address: string, times: number): Promise<{ url: string; cut: () => number }> {
  let done = 0;
  const url = await listen((request, response) => {
    if (done < times) {
      done += 1;
      request.socket.resetAndDestroy();
      return;
    }
    const { method, headers, url: path = '/' } = request;
    const onward = httpRequest(new URL(path, address), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  return { url: `${url}/`, cut: () => done };
}

it('O1 an artifact whose connection is reset twice is uploaded by the third attempt', async (test) => {
  const workflow = await Workflow.start({ files: TWO });
  const proxy = await cutting(workflow.artifacts.environment['ACTIONS_RESULTS_URL'] ?? '', 2);
  const step = await workflow.run({}, { ACTIONS_RESULTS_URL: proxy.url });
  expect([step.status, proxy.cut()]).toEqual([0, 2]);
  expect(workflow.artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);
  const notices = commandsIn(step).filter((line) => line.startsWith('::notice::'));
  expect(notices.map((line) => /Trying again in \d+ s/.exec(line)?.[0])).toEqual([
    'Trying again in 5 s',
    'Trying again in 15 s',
  ]);
  observe(test, 'status 0, uploaded, 2 notices');
});

it('O2 an artifact service that never answers costs a warning, and the files stay', async (test) => {
  const workflow = await Workflow.start({ files: TWO });
  const proxy = await cutting('http://127.0.0.1:9', Infinity);
  const step = await workflow.run({}, { ACTIONS_RESULTS_URL: proxy.url });
  expect(step.status).toBe(0);
  expect(commandsIn(step).at(-1)).toMatch(
    /^::warning::.*"notebooks" was not uploaded.*4 attempts.*papermill_outputs/,
  );
  observe(test, `status 0, a warning after ${proxy.cut()} attempts, with the local path`);
});

it('O6 a file that vanishes before it is packed costs nothing but itself', async (test) => {
  const workflow = await Workflow.start({ files: TWO });
  const { artifacts, folder } = workflow;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  artifacts.held = promise;
  const { finished } = workflow.start();
  await pollUntil({ deadlineMs: 60_000, everyMs: 20 }, () => artifacts.calls.length > 0);
  rmSync(join(folder, 'papermill_outputs/nb/one/nb_one.ipynb'));
  resolve(undefined);
  const step = await finished;
  expect(step.status).toBe(0);
  expect(namesIn(artifacts.stored[0]?.content ?? Buffer.alloc(0))).toContain('nb/two/nb_two.ipynb');
  observe(test, `status ${step.status ?? '?'}, the others uploaded, ${commandsIn(step).length} messages`);
});

/** A process with the action's way to GitHub, ready to write. */
async function aWriter(GITHUB_API_URL: string): Promise<ChildProcess> {
  const env = { ...process.env, GITHUB_API_URL, GITHUB_GRAPHQL_URL: `${GITHUB_API_URL}/graphql` };
  const child = fork(join(import.meta.dirname, 'racing-writer.ts'), { env, execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

it('O11 two processes that race to comment leave one comment each time, the newest', async (test) => {
  const github = await FakeGitHub.start(await FakeArtifacts.start());
  const writers = await Promise.all([aWriter(github.address), aWriter(github.address)]);
  for (let pullRequest = 1; pullRequest <= RACES; pullRequest++) {
    const numbers = pullRequest % 2 === 0 ? [7, 8] : [8, 7];
    const ends = writers.map(async (writer, index) => {
      const race: Race = { pullRequest, number: numbers[index] ?? 0, delayMs: randomInt(LONGEST_DELAY_MS) };
      const answer = once(writer, 'message');
      writer.send(race);
      const [kind] = (await answer) as [string];
      return kind;
    });
    expect(['created', 'updated', 'superseded']).toEqual(expect.arrayContaining(await Promise.all(ends)));
    const left = github.comments.filter((comment) => comment.pullRequest === pullRequest);
    expect(left.map(({ body }) => commentWriter(body)?.number)).toEqual([8]);
  }
  expect(github.violations).toEqual([]);
  const made = github.operations.filter((operation) => operation === 'issues/create-comment').length;
  const doubles = made - RACES;
  expect(doubles).toBeGreaterThan(0); // or there was no race
  observe(
    test,
    `${RACES} races, in ${doubles} of them two comments for a moment; one each in the end, the newest`,
  );
});
