import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeArtifacts } from './fake-artifacts.ts';
import { GitHubDescription } from './github-description.ts';
import { jsonOf, listen } from './loopback.ts';

export interface FakeComment {
  readonly id: number;
  readonly pullRequest: number;
  readonly author: string;
  body: string;
}

export interface FakePullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly headSha: string;
  readonly headBranch: string;
  /** `owner/name` */
  readonly headRepository: string;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, string>>;
}

const description = new GitHubDescription();

/**
 * GitHub's API for the repository octo/notebooks. Every request and every answer is held against GitHub's own description;
 * what does not fit is in `violations`, and the tests' harness fails for it.
 */
export class FakeGitHub {
  readonly comments: FakeComment[] = [];
  readonly pullRequests: FakePullRequest[] = [];
  /** Operations that were asked for, in order. */
  readonly operations: string[] = [];
  readonly violations: string[] = [];
  /** Who comments with the token. */
  login = 'github-actions[bot]';
  /** Looked at before each answer; returns another instead. */
  intercept: ((asked: Asked) => Answer | undefined) | undefined;
  /** Called when an answer has its effect and before it is sent. */
  afterwards: ((asked: Asked) => Answer | undefined) | undefined;
  readonly artifacts: FakeArtifacts;
  address = '';
  #nextId = 1;

  private constructor(artifacts: FakeArtifacts) {
    this.artifacts = artifacts;
  }

  static async start(artifacts: FakeArtifacts): Promise<FakeGitHub> {
    const fake = new FakeGitHub(artifacts);
    fake.address = await listen((request, response) => void fake.#answer(request, response));
    return fake;
  }

  comment(pullRequest: number, author: string, body: string): FakeComment {
    const comment = { id: this.#nextId++, pullRequest, author, body };
    this.comments.push(comment);
    return comment;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.address);
    const body = await jsonOf(request);
    const { status, body: answer, headers } = this.#handle(request, url, body);
    const text = answer === undefined ? undefined : JSON.stringify(answer);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text);
  }

  #handle(request: IncomingMessage, url: URL, body: unknown): Answer {
    if (!/^token \S+$/.test(request.headers.authorization ?? ''))
      return { status: 401, body: { message: 'Requires authentication' } };
    if (url.pathname === '/graphql') return this.#viewer(body);
    const described = description.find(request.method ?? '', url.pathname);
    if (described === undefined) {
      this.violations.push(`${request.method} ${url.pathname} is no operation of GitHub's API`);
      return { status: 404, body: { message: 'Not Found' } };
    }
    const { operation, path } = described;
    this.operations.push(operation);
    const asked = { operation, path, query: url.searchParams, body: (body ?? {}) as Asked['body'] };
    const problems = described.requestProblems({ query: url.searchParams, body });
    const answer = this.intercept?.(asked) ?? this.#effect(asked);
    this.violations.push(
      ...[...problems, ...described.answerProblems(answer.status, answer.body)].map(
        (problem) => `${operation}: ${problem}`,
      ),
    );
    return this.afterwards?.(asked) ?? answer;
  }

  #effect(asked: Asked): Answer {
    const effect = EFFECTS[asked.operation];
    if (effect !== undefined && `${asked.path['owner']}/${asked.path['repo']}` === 'octo/notebooks') {
      return effect(this, asked);
    }
    return { status: 404, body: { message: 'Not Found' } };
  }

  #viewer(body: unknown): Answer {
    this.operations.push('graphql');
    const { query } = body as { query: string };
    if (query !== 'query { viewer { login } }') this.violations.push(`GraphQL: ${query}`);
    return { status: 200, body: { data: { viewer: { login: this.login } } } };
  }

  shown(comment: FakeComment): object {
    const [example] = description.example('issue-comment-items') as [{ user: object }];
    return {
      ...example,
      id: comment.id,
      body: comment.body,
      html_url: `https://github.com/octo/notebooks/pull/${comment.pullRequest}#issuecomment-${comment.id}`,
      user: { ...example.user, login: comment.author },
    };
  }

  shownPull(pull: FakePullRequest): object {
    const [example] = description.example('pull-request-simple-items') as [{ head: { repo: object } }];
    const repo = { ...example.head.repo, full_name: pull.headRepository };
    const head = { ...example.head, sha: pull.headSha, ref: pull.headBranch, repo };
    // The example's team lacks what the description asks for.
    return { ...example, requested_teams: [], number: pull.number, state: pull.state, head };
  }
}

type Effect = (github: FakeGitHub, asked: Asked) => Answer;

const EFFECTS: Readonly<Record<string, Effect>> = {
  'issues/list-comments': (github, { path, query }) => {
    const all = github.comments.filter(({ pullRequest }) => pullRequest === Number(path['issue_number']));
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    const shown = all.slice((page - 1) * size, page * size);
    const next = new URL(`${github.address}/repos/octo/notebooks/issues/${path['issue_number']}/comments`);
    next.search = new URLSearchParams({ per_page: String(size), page: String(page + 1) }).toString();
    const link = page * size < all.length ? { link: `<${next.href}>; rel="next"` } : {};
    return { status: 200, body: shown.map((each) => github.shown(each)), headers: link };
  },
  'issues/create-comment': (github, { path, body }) => {
    const comment = github.comment(Number(path['issue_number']), github.login, body['body'] ?? '');
    return { status: 201, body: github.shown(comment) };
  },
  'issues/update-comment': (github, { path, body }) => {
    const comment = github.comments.find(({ id }) => id === Number(path['comment_id']));
    if (comment === undefined) return { status: 404, body: { message: 'Not Found' } };
    comment.body = body['body'] ?? '';
    return { status: 200, body: github.shown(comment) };
  },
  'issues/delete-comment': (github, { path }) => {
    const index = github.comments.findIndex(({ id }) => id === Number(path['comment_id']));
    if (index < 0) return { status: 404, body: { message: 'Not Found' } };
    github.comments.splice(index, 1);
    return { status: 204 };
  },
  'repos/list-pull-requests-associated-with-commit': (github, { path }) => ({
    status: 200,
    body: github.pullRequests
      .filter(({ headSha }) => headSha === path['commit_sha'])
      .map((pull) => github.shownPull(pull)),
  }),
  'pulls/list': (github, { query }) => {
    const [owner, branch] = query.get('head')?.split(':') ?? [];
    const found = github.pullRequests.filter(
      ({ headRepository, headBranch, state }) =>
        headRepository.startsWith(`${owner}/`) && headBranch === branch && state === query.get('state'),
    );
    return { status: 200, body: found.map((pull) => github.shownPull(pull)) };
  },
  'actions/list-workflow-run-artifacts': (github, { query }) => {
    const { artifacts } = description.example('artifact-paginated') as { artifacts: [object] };
    const wanted = query.get('name');
    const stored = github.artifacts.stored.filter(({ name }) => wanted === null || name === wanted);
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    // The newest first.
    const shown = stored
      .toReversed()
      .slice((page - 1) * size, page * size)
      .map(({ id, name, sizeBytes }) => ({
        ...artifacts[0],
        ...{ id, name, size_in_bytes: sizeBytes, expired: false },
      }));
    return { status: 200, body: { total_count: stored.length, artifacts: shown } };
  },
  'actions/download-artifact': (github, { path }) => {
    const found = github.artifacts.stored.find(({ id }) => id === Number(path['artifact_id']));
    if (found === undefined) return { status: 410, body: { message: 'Gone' } };
    return { status: 302, headers: { location: github.artifacts.addressOf(found) } };
  },
};
