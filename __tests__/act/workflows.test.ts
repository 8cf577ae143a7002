import { describe, expect, inject, it } from 'vitest';
import { aNotebook } from '../e2e/bundle.ts';
import { fileIn, namesIn } from '../e2e/github/unzip.ts';
import { PULL_REQUEST } from '../e2e/github/workflow.ts';
import { Repository, workflowInDocs } from './repository.ts';

const FORK = 'stranger/notebooks';
const SUCCEEDED = /🏁\s+Job succeeded/g;
/** Without it act leaves the workspace empty. */
const CHECKOUT = '      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const POSTED = /✅\s+Success - Post \.\//g;

/** What GitHub tells of pull request 12, from a branch of the repository or of a fork. */
function aPullRequestEvent({ sha }: Repository, headRepository = 'octo/notebooks') {
  const head = { sha, ref: 'topic', repo: { full_name: headRepository } };
  const payload = {
    action: 'opened',
    number: 12,
    pull_request: { number: 12, head, base: { ref: 'main' } },
    repository: { full_name: 'octo/notebooks' },
  };
  return { name: 'pull_request', payload };
}

const act = inject('act');

describe.skipIf(act === undefined)('act, which needs Go to be built, executes', () => {
  it('example-batch.yml: the batch of a push, its artifact, and the comment on the pull request of its branch', async () => {
    const repository = await Repository.create();
    const { github, artifacts, sha } = repository;
    github.pullRequests.push({ ...PULL_REQUEST, headSha: sha });
    const { status, log } = await repository.execute('example-batch.yml', {
      name: 'push',
      payload: { ref: 'refs/heads/topic' },
    });
    expect(status, log).toBe(0);
    expect(log.match(SUCCEEDED)).toHaveLength(1);
    expect(log.match(POSTED)).toHaveLength(1);
    expect(log).toContain('::set-output:: passed=8');
    expect(artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);
    const names = namesIn(artifacts.stored[0]?.content ?? Buffer.alloc(0));
    expect(names.filter((name) => name.endsWith('.ipynb'))).toHaveLength(8);
    expect(github.comments).toMatchObject([{ pullRequest: 12 }]);
    expect(github.comments[0]?.body).toContain('### ✅ example batch · All 8 runs passed');
    expect(github.comments[0]?.body).toContain('<!-- parallel-notebooks: example%20batch%2Fnotebooks -->');
  });

  it('example-review.yml: the outputs reach the next step, and a fork is left to its own workflow', async () => {
    const repository = await Repository.create();
    const { github, artifacts } = repository;
    const own = await repository.execute('example-review.yml', aPullRequestEvent(repository));
    expect(own.status, own.log).toBe(0);
    expect(github.operations.filter((operation) => operation === 'issues/update-comment')).not.toEqual([]);
    expect(own.log).toContain('Commented at https://github.com/octo/notebooks/pull/12#issuecomment-1');
    const threeWeeks = Date.now() + 21 * 86_400_000;
    expect(Date.parse(artifacts.stored[0]?.expiresAt ?? '')).toBeLessThan(threeWeeks);

    await repository.execute('example-review.yml', aPullRequestEvent(repository, FORK));
    expect(github.comments).toHaveLength(1);
    expect(artifacts.stored).toHaveLength(2);
  });

  it('example-sweep.yml: what was typed is what runs, and the summary has a column for each value that varies', async () => {
    const repository = await Repository.create();
    const inputs = {
      parameters: '{"alpha": [2.5, 25], "degree": [1, 2]}',
      select: 'train*',
      'max-parallel': '1',
    };
    const { status, log } = await repository.execute('example-sweep.yml', {
      name: 'workflow_dispatch',
      payload: { inputs },
    });
    expect(status, log).toBe(0);
    expect(log).toMatch(/\| \d\d:\d\d:\d\d 4 runs, 1 at once/);
    expect(log).toMatch(/^\| {2}\| alpha \| degree \| .* \|$/m);
    expect(log).toContain('xychart-beta');
    expect(repository.artifacts.stored.map(({ name }) => name)).toEqual(['sweep', 'sweep-report.html']);
    expect(repository.github.operations).toEqual([]);
  });

  it('example-forks.yml and example-forks-comment.yml: the second comments for the first', async () => {
    const failing = aNotebook('n = 0', '1 / 0');
    const repository = await Repository.create({
      'nb.ipynb': failing,
      'examples/configs.json': { only: { notebook: 'nb.ipynb' } },
    });
    const { github, artifacts, sha } = repository;
    const first = await repository.execute('example-forks.yml', aPullRequestEvent(repository, FORK));
    expect(first.status).toBe(1);
    expect(first.log).toMatch(/::error .*ZeroDivisionError/);
    expect(github.operations).toEqual([]);
    expect(artifacts.stored.map(({ name }) => name)).toEqual(['notebooks', 'notebooks-report.html']);

    github.pullRequests.push({ ...PULL_REQUEST, headSha: sha, headRepository: FORK });
    const run = {
      id: 1,
      run_number: 1,
      run_attempt: 1,
      event: 'pull_request',
      conclusion: 'failure',
      head_sha: sha,
      head_branch: 'topic',
      head_repository: { full_name: FORK },
    };
    const second = await repository.execute('example-forks-comment.yml', {
      name: 'workflow_run',
      payload: { action: 'completed', workflow_run: run },
    });
    expect(second.status, second.log).toBe(0);
    expect(github.comments).toMatchObject([{ pullRequest: 12 }]);
    expect(github.comments[0]?.body).toContain('ZeroDivisionError');
  });

  it('the matrix of docs/github.md: each job has an artifact and a comment of its own', async () => {
    const repository = await Repository.create({
      'nb.ipynb': aNotebook('n = 0', 'n'),
      'configs/small.json': { one: { notebook: 'nb.ipynb' } },
      'configs/large.json': { two: { notebook: 'nb.ipynb' }, three: { notebook: 'nb.ipynb' } },
      '.github/workflows/groups.yml': workflowInDocs('docs/github.md', 'notebooks in groups'),
    });
    const { github, artifacts, sha } = repository;
    github.pullRequests.push({ ...PULL_REQUEST, headSha: sha });
    const event = { name: 'push', payload: { ref: 'refs/heads/topic' } };
    const { status, log } = await repository.execute('groups.yml', event);
    expect(status, log).toBe(0);
    expect(log.match(SUCCEEDED)).toHaveLength(2);
    expect(artifacts.stored.map(({ name }) => name).sort()).toEqual([
      'notebooks large',
      'notebooks large-report.html',
      'notebooks small',
      'notebooks small-report.html',
    ]);
    expect(github.comments.map(({ body }) => /· ((?:All )?\d runs? passed)/.exec(body)?.[1]).sort()).toEqual([
      '1 run passed',
      'All 2 runs passed',
    ]);
  });

  it('a workflow in which a run fails: the step fails, and every output is there for the steps after it', async () => {
    const outputs = [
      'total',
      'passed',
      'failed',
      'skipped',
      'results',
      'output-dir',
      'artifact-id',
      'artifact-url',
    ];
    const env = outputs.map(
      (name) => `${name.replace('-', '_').toUpperCase()}: \${{ steps.batch.outputs.${name} }}`,
    );
    const shown = outputs.map((name) => `${name}=$${name.replace('-', '_').toUpperCase()}`).join(' ');
    const repository = await Repository.create({
      'nb.ipynb': aNotebook('n = 0', '6 / n'),
      '.github/workflows/failing.yml': [
        'on: push',
        'jobs:',
        '  job:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        CHECKOUT,
        '      - uses: ./',
        '        id: batch',
        '        with:',
        '          configs: \'{"sweep": {"notebook": "nb.ipynb", "parameters": {}, "matrix": {"n": [0, 2]}}}\'',
        "      - if: ${{ failure() && steps.batch.outcome == 'failure' }}",
        '        env:',
        ...env.map((line) => `          ${line}`),
        `        run: echo "${shown}"`,
        '',
      ].join('\n'),
    });
    const event = { name: 'push', payload: { ref: 'refs/heads/topic' } };
    const { status, log } = await repository.execute('failing.yml', event);
    expect(status).toBe(1);
    expect(log).toMatch(
      /total=2 passed=1 failed=1 skipped=0 results=\/.*\/papermill_outputs\/results\.json output-dir=\/.*\/papermill_outputs artifact-id=1000 artifact-url=https:\/\/github\.com\/octo\/notebooks\/actions\/runs\/\d+\/artifacts\/1000/,
    );
    expect(log.match(POSTED)).toHaveLength(1);
    expect(repository.artifacts.stored).toHaveLength(2);
  });

  it('a workflow whose main step is killed: the post step publishes what is there and ends the live comment', async () => {
    // The kernel's ancestors are forked kernels, the server, and then the step.
    const killing = [
      'import os, pathlib, signal, time',
      'pid = os.getpid()',
      'while pathlib.Path(f"/proc/{pid}/comm").read_text() not in ("node\\n", "MainThread\\n"):',
      '    pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])',
      'time.sleep(1)',
      'os.kill(pid, signal.SIGKILL)',
    ].join('\n');
    const repository = await Repository.create({
      'nb.ipynb': aNotebook('n = 0', 'print("before the end")', killing),
      'configs.json': { only: { notebook: 'nb.ipynb' } },
      '.github/workflows/killed.yml': [
        'on: push',
        'jobs:',
        '  job:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        CHECKOUT,
        '      - uses: ./',
        '        with:',
        '          comment-live: true',
        '',
      ].join('\n'),
    });
    const { github, artifacts, sha } = repository;
    github.pullRequests.push({ ...PULL_REQUEST, headSha: sha });
    const event = { name: 'push', payload: { ref: 'refs/heads/topic' } };
    const { status, log } = await repository.execute('killed.yml', event);
    expect(status).toBe(1);
    expect(log.match(POSTED), log).toHaveLength(1);
    const zip = artifacts.stored[0]?.content ?? Buffer.alloc(0);
    expect(namesIn(zip)).toEqual(['nb/only/nb_only.ipynb']);
    expect(await fileIn(zip, 'nb/only/nb_only.ipynb')).toContain('before the end');
    expect(github.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('the batch ended without results'),
    ]);
  });
});
