import { messageOf } from '../errors.ts';
import { ApiError, type Comment, type PullRequest, type PullRequests } from '../publish/ports.ts';
import { retryAfterMs } from '../publish/retry-after.ts';
import type { Repository } from '../publish/workflow-event.ts';

/** For one request; GitHub itself gives up after ten seconds. */
const DEADLINE_MS = 30_000;
/** Who comments with the token that a workflow is given. */
const WORKFLOW_LOGIN = 'github-actions[bot]';

export interface GitHubApi extends PullRequests {
  /** Runs any other request; throws ApiError. */
  request<T>(send: (octokit: Octokit) => Promise<T>): Promise<T>;
}

export type Octokit = ReturnType<(typeof import('@actions/github'))['getOctokit']>;

/** GitHub's API for a repository, as the token allows. */
export async function openGitHubApi(options: {
  readonly token: string;
  readonly repository: Repository;
  readonly signal: AbortSignal;
}): Promise<GitHubApi> {
  // Imported when it is needed: it reads the event and the API's address as it loads.
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(options.token);
  octokit.hook.before('request', (request) => {
    request.request = {
      ...request.request,
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(DEADLINE_MS)]),
    };
  });
  const { owner, name: repo } = options.repository;
  const { issues, pulls, repos } = octokit.rest;

  const request: GitHubApi['request'] = async (send) => {
    try {
      return await send(octokit);
    } catch (error) {
      throw apiError(error);
    }
  };
  return {
    request,
    // An installation's token may not read /user; GraphQL's viewer answers for every kind of token.
    login: async () => {
      const asked = octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
      return await asked.then(({ viewer }) => viewer.login).catch(() => WORKFLOW_LOGIN);
    },
    ofCommit: async (sha) => {
      const { data } = await request(() =>
        repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: sha, per_page: 100 }),
      );
      return data.map(pullRequestOf);
    },
    ofHead: async (head) => {
      const { data } = await request(() => pulls.list({ owner, repo, head, state: 'open', per_page: 100 }));
      return data.map(pullRequestOf);
    },
    comments: {
      list: async (pullRequest) => {
        const path = { owner, repo, issue_number: pullRequest, per_page: 100 };
        const all = await request(() => octokit.paginate(issues.listComments, path));
        return all.map(commentOf);
      },
      create: async (pullRequest, body) => {
        const { data } = await request(() =>
          issues.createComment({ owner, repo, issue_number: pullRequest, body }),
        );
        return commentOf(data);
      },
      update: async (id, body) => {
        const { data } = await request(() => issues.updateComment({ owner, repo, comment_id: id, body }));
        return commentOf(data);
      },
      remove: async (id) => {
        await request(() => issues.deleteComment({ owner, repo, comment_id: id }));
      },
    },
  };
}

interface ApiPullRequest {
  readonly number: number;
  readonly state: string;
  // GitHub's description says that there always is one; of a fork that was deleted there is none.
  readonly head: { readonly sha: string; readonly ref: string; readonly repo: { full_name: string } | null };
}

function pullRequestOf({ number, state, head }: ApiPullRequest): PullRequest {
  return {
    number,
    open: state === 'open',
    headSha: head.sha,
    headBranch: head.ref,
    headRepository: head.repo?.full_name,
  };
}

interface ApiComment {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string } | null;
}

function commentOf({ id, html_url: url, body = '', user }: ApiComment): Comment {
  return { id, url, body, author: user?.login };
}

/** octokit says 500 also where no answer came; only an answer has headers. */
function apiError(error: unknown): ApiError {
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Record<string, string | number | undefined>; data?: unknown };
  };
  const message = messageOf(error);
  if (typeof status !== 'number' || response === undefined) {
    return new ApiError(message, { status: undefined, retryAfterMs: undefined, cause: error });
  }
  const answer = { status, headers: response.headers ?? {}, message };
  return new ApiError(message, { status, retryAfterMs: retryAfterMs(answer, new Date()), cause: error });
}
