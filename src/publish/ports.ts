/** What publishing needs from the world, in its own words. Adapters fit the artifact service and GitHub's API to it. */

/** The artifacts of this workflow run. Never throws: what can happen to an upload is an outcome. */
export interface ArtifactStore {
  upload(artifact: ArtifactUpload): Promise<UploadOutcome>;
}

export interface ArtifactUpload {
  readonly name: string;
  /** Absolute paths below `rootDirectory`, of regular files. */
  readonly files: readonly string[];
  /** What the paths in the artifact are relative to. */
  readonly rootDirectory: string;
  /** undefined = as the repository is set. */
  readonly retentionDays: number | undefined;
  /** 0 to 9. */
  readonly compressionLevel: number;
  /** A single file may go up as it is, so that one click opens it; its name is then the artifact's. */
  readonly zipped: boolean;
}

export type UploadOutcome =
  | { readonly kind: 'stored'; readonly id: number }
  /** An artifact of this name is there: another job's, or what an attempt of ours left. */
  | { readonly kind: 'name-taken' }
  /** The network, or the service for a moment: another attempt may go better. */
  | { readonly kind: 'failed'; readonly detail: string }
  /** No attempt will go better. */
  | { readonly kind: 'refused'; readonly detail: string; readonly cure: string };

/** Whether a regular file stands at the path inside the folder, without a link on the way: a notebook can plant one. */
export type IsPlainFile = (path: string, folder: string) => Promise<boolean>;

/** GitHub's API for one repository. Every method throws ApiError when GitHub refuses or cannot be reached. */
export interface PullRequests {
  /** The login under which our comments appear. */
  login(): Promise<string>;
  /** Pull requests that contain the commit. */
  ofCommit(sha: string): Promise<readonly PullRequest[]>;
  /** Open pull requests from `owner:branch`. */
  ofHead(head: string): Promise<readonly PullRequest[]>;
  readonly comments: Comments;
}

export interface PullRequest {
  readonly number: number;
  readonly open: boolean;
  readonly headSha: string;
  readonly headBranch: string;
  /** `owner/name`; undefined when the fork was deleted. */
  readonly headRepository: string | undefined;
}

export interface Comments {
  /** All comments of the pull request, the oldest first. */
  list(pullRequest: number): Promise<readonly Comment[]>;
  create(pullRequest: number, body: string): Promise<Comment>;
  update(id: number, body: string): Promise<Comment>;
  remove(id: number): Promise<void>;
}

export interface Comment {
  readonly id: number;
  /** Login; undefined for a deleted account. */
  readonly author: string | undefined;
  readonly body: string;
  readonly url: string;
}

/** The answer of GitHub's API to a request that it did not fulfil. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** undefined when there was no answer. */
  readonly status: number | undefined;
  /** How long GitHub asks to wait before the next request; undefined when it does not. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    facts: ErrorOptions & { status: number | undefined; retryAfterMs: number | undefined },
  ) {
    super(message, facts);
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once after the delay; returns a function that takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}
