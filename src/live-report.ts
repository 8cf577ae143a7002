import type { BatchEvent, PublishRequest } from './model.ts';
import { commentKeyOf } from './publish/comment-key.ts';
import { commentPolicy } from './publish/comment-policy.ts';
import { findPullRequest } from './publish/find-pull-request.ts';
import { githubAddresses } from './publish/github-addresses.ts';
import { liveComment } from './publish/live-comment.ts';
import type { PatientApi } from './publish/patient-api.ts';
import type { Clock, PullRequests } from './publish/ports.ts';
import { postComment } from './publish/sticky-comment.ts';
import type { WorkflowEvent } from './publish/workflow-event.ts';
import { commentWriter, isOwnComment } from './report/comment-marker.ts';
import { EMPTY_LIVE_BATCH, foldLiveBatch } from './report/live-batch.ts';
import {
  liveCommentBody,
  type LiveCommentOptions,
  unfinishedCommentBody,
} from './report/live-comment-body.ts';
import type { Redact } from './report/redact.ts';

/** Where the comment stands. */
export interface LiveWorld {
  readonly event: WorkflowEvent;
  /** undefined without a token or a repository. */
  readonly pullRequests: PullRequests | undefined;
}

/** Tells in the comment how a batch comes along. */
export interface LiveReport {
  progress(event: BatchEvent): void;
  /** No more of it; resolves when no request is under way. */
  end(): Promise<void>;
}

export interface LiveReportOptions {
  readonly openWorld: () => Promise<LiveWorld>;
  readonly clock: Clock;
  readonly redact: Redact;
  /** Before the comment may be there: from then on somebody has to end it. */
  readonly onFirst: () => void;
}

type Asked = Pick<PublishRequest, 'comment' | 'commentKey'>;

/** Nobody waits for these comments: there is a next one. */
const IMPATIENT: PatientApi = { ask: (request) => request(), wait: () => Promise.resolve(false) };

/** The comment from the start of the batch to its end, as `comment` allows; its report is another's to write. */
export function liveReport(request: Asked, options: LiveReportOptions): LiveReport {
  const { openWorld, clock, redact, onFirst } = options;
  let batch = EMPTY_LIVE_BATCH;
  let place: Place | undefined;
  const comment = liveComment(async () => {
    const world = await openWorld();
    const { event } = world;
    const failed = batch.view.counts.failed > 0;
    const { look, create } = commentPolicy(request.comment, { event, failed });
    if (!look) return 'final';
    if (!create) return 'again';
    place ??= await findPlace(world);
    if (place === undefined) return 'final';
    onFirst();
    const body = liveCommentBody(batch, { ...commentOptions(event, request), redact, nowMs: clock.now() });
    return await write(place, { request, body, create });
  }, clock);
  return {
    progress: (event) => {
      batch = foldLiveBatch(batch, event, clock.now());
      // A notice changes nothing, and the end is told by the report.
      if (event.kind !== 'notice' && event.kind !== 'batch-finished') comment.changed();
    },
    end: async () => await comment.end(),
  };
}

/** Ends the comment of a batch that left no results. Throws ApiError. */
export async function endLiveReport(
  request: Asked,
  { world, artifactUrl, api }: { world: LiveWorld; artifactUrl: string | undefined; api: PatientApi },
): Promise<void> {
  const place = await findPlace(world);
  if (place === undefined) return;
  const { links, ...options } = commentOptions(place.event, request);
  const body = unfinishedCommentBody({ ...options, links: { ...links, artifactUrl } });
  await write({ ...place, api }, { request, body, create: false });
}

interface Place {
  readonly event: WorkflowEvent;
  readonly pullRequests: PullRequests;
  readonly api: PatientApi;
  readonly pullRequest: number;
  readonly author: string;
}

/** The event's pull request; undefined when there is none, or no token. */
async function findPlace({ event, pullRequests }: LiveWorld): Promise<Place | undefined> {
  if (pullRequests === undefined) return undefined;
  const pullRequest = await findPullRequest(event, { pullRequests, api: IMPATIENT });
  if (pullRequest === undefined) return undefined;
  return { event, pullRequests, api: IMPATIENT, pullRequest, author: await pullRequests.login() };
}

async function write(
  { pullRequests, api, pullRequest, author, event }: Place,
  { request, body, create }: { request: Asked; body: string; create: boolean },
): Promise<'again' | 'final'> {
  const { key } = commentOptions(event, request);
  const posted = await postComment(
    {
      pullRequest,
      body,
      shortBody: () => body,
      create,
      author,
      isOwn: (text) => isOwnComment(text, key),
      writer: event.run,
      writerOf: commentWriter,
    },
    { comments: pullRequests.comments, api },
  );
  // A newer run of the workflow has its own to say.
  return posted.kind === 'superseded' ? 'final' : 'again';
}

function commentOptions(event: WorkflowEvent, { commentKey }: Asked): LiveCommentOptions {
  const { workflow, run, sha } = event;
  return {
    links: { ...githubAddresses(event), artifactUrl: undefined },
    key: commentKeyOf(event, commentKey),
    title: workflow,
    writer: run,
    commit: sha,
  };
}
