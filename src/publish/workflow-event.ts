/** What a workflow run knows about itself. Nothing of it is required: each event brings other facts. */
export interface WorkflowEvent {
  /** `push`, `pull_request`, …; empty outside a workflow. */
  readonly name: string;
  readonly repository: Repository | undefined;
  /** The commit that the workflow run is about: of a pull request its head, not the merge that is checked out. */
  readonly sha: string | undefined;
  /** Short name of the branch or tag. */
  readonly branch: string | undefined;
  readonly workflow: string;
  readonly job: string;
  readonly run: RunIdentity | undefined;
  /** For instance `https://github.com`. */
  readonly serverUrl: string;
  /** Number of the pull request that the event itself names. */
  readonly pullRequest: number | undefined;
  /** Whether GitHub gives such an event a token that may only read: of a fork, or Dependabot's. */
  readonly restricted: boolean;
  /** Of the event `workflow_run`: the run that has ended, which may be a stranger's. */
  readonly reported: ReportedRun | undefined;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** Which run of a workflow, in order of their beginning. */
export interface RunIdentity {
  readonly id: number;
  readonly number: number;
  readonly attempt: number;
}

export interface ReportedRun extends RunIdentity {
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** `owner/name`; undefined when it was deleted. */
  readonly headRepository: string | undefined;
  readonly fromFork: boolean;
}

const DEPENDABOT = 'dependabot[bot]';

/** Reads the event from the runner's variables and the event's payload, whatever is in it. */
export function workflowEvent(
  env: Readonly<Record<string, string | undefined>>,
  payload: unknown,
): WorkflowEvent {
  const repository = repositoryOf(env['GITHUB_REPOSITORY']);
  const fullName = env['GITHUB_REPOSITORY'] ?? '';
  const pull = at(payload, 'pull_request');
  const id = integer(env['GITHUB_RUN_ID']);
  const actor = env['GITHUB_ACTOR'];
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    repository,
    sha: text(at(pull, 'head', 'sha')) ?? text(env['GITHUB_SHA']),
    branch: text(env['GITHUB_HEAD_REF']) ?? text(env['GITHUB_REF_NAME']),
    workflow: env['GITHUB_WORKFLOW'] ?? '',
    job: env['GITHUB_JOB'] ?? '',
    run:
      id === undefined
        ? undefined
        : {
            id,
            number: integer(env['GITHUB_RUN_NUMBER']) ?? 0,
            attempt: integer(env['GITHUB_RUN_ATTEMPT']) ?? 1,
          },
    serverUrl: text(env['GITHUB_SERVER_URL']) ?? 'https://github.com',
    pullRequest: integer(at(pull, 'number')) ?? commentedPullRequest(payload),
    restricted:
      actor === DEPENDABOT || (pull !== undefined && fullNameOf(at(pull, 'head', 'repo')) !== fullName),
    reported: reportedRun(at(payload, 'workflow_run'), fullName),
  };
}

/** A comment on a pull request comes as one on an issue. */
function commentedPullRequest(payload: unknown): number | undefined {
  const issue = at(payload, 'issue');
  return at(issue, 'pull_request') === undefined ? undefined : integer(at(issue, 'number'));
}

function reportedRun(run: unknown, fullName: string): ReportedRun | undefined {
  const id = integer(at(run, 'id'));
  const headSha = text(at(run, 'head_sha'));
  if (id === undefined || headSha === undefined) return undefined;
  const headRepository = fullNameOf(at(run, 'head_repository'));
  return {
    id,
    number: integer(at(run, 'run_number')) ?? 0,
    attempt: integer(at(run, 'run_attempt')) ?? 1,
    event: text(at(run, 'event')) ?? '',
    headSha,
    headBranch: text(at(run, 'head_branch')) ?? '',
    headRepository,
    fromFork: headRepository !== fullName,
  };
}

function repositoryOf(fullName: string | undefined): Repository | undefined {
  const [owner, name] = fullName?.split('/') ?? [];
  return owner === undefined || name === undefined || owner === '' || name === ''
    ? undefined
    : { owner, name };
}

function fullNameOf(repository: unknown): string | undefined {
  return text(at(repository, 'full_name'));
}

/** The member of a JSON value along the path; undefined where there is none. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    return (inner as Readonly<Record<string, unknown>>)[key] ?? undefined;
  }, value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
