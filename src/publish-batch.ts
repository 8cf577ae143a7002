import { messageOf } from './errors.ts';
import type { PublishRequest } from './model.ts';
import { commentKeyOf } from './publish/comment-key.ts';
import { commentPolicy } from './publish/comment-policy.ts';
import { commentRefusal } from './publish/comment-refusal.ts';
import { findPullRequest } from './publish/find-pull-request.ts';
import { githubAddresses } from './publish/github-addresses.ts';
import { patientApi } from './publish/patient-api.ts';
import type { ArtifactStore, Clock, IsPlainFile, PullRequests } from './publish/ports.ts';
import { postComment, type StickyComment } from './publish/sticky-comment.ts';
import { uploadFiles } from './publish/upload-files.ts';
import type { WorkflowEvent } from './publish/workflow-event.ts';
import { type Annotation, annotations } from './report/annotations.ts';
import { commentBody } from './report/comment-body.ts';
import { commentWriter, isOwnComment } from './report/comment-marker.ts';
import { digestBatch } from './report/digest-batch.ts';
import type { WrittenReport } from './report/html-write.ts';
import type { BatchDigest, Links, ReportSource } from './report/publication.ts';
import { reportAddress } from './report/report-address.ts';
import { summaryBody } from './report/summary-body.ts';
import { totals } from './report/verdict.ts';

/** A finished batch and its files, their secrets already hidden. */
export interface Publication {
  readonly source: ReportSource;
  /** Absolute paths of the files that we have written. */
  readonly files: readonly string[];
  /** Absolute; what paths in the artifact are relative to. */
  readonly outputDir: string;
  /** The HTML report, if there is one: it goes up as it is, so that one click opens it. */
  readonly report: Pick<WrittenReport, 'paths' | 'pageOf'> | undefined;
  /** Secrets hidden in the files. */
  readonly hidden: number;
}

/** The workflow around a batch, as the composition root builds it. */
export interface GitHubWorld {
  readonly event: WorkflowEvent;
  readonly artifacts: ArtifactStore;
  /** undefined without a token or a repository. */
  readonly pullRequests: PullRequests | undefined;
  readonly clock: Clock;
  /** Ends the publishing. */
  readonly signal: AbortSignal;
  readonly isPlainFile: IsPlainFile;
  writeSummary(text: string): Promise<void>;
  readonly annotate: (annotation: Annotation) => void;
  /** Worth knowing, and nothing to be done about. */
  notice(text: string): void;
  /** A part of the publishing failed. */
  warn(text: string): void;
}

export interface Published {
  readonly artifact: { readonly id: number; readonly url: string | undefined } | undefined;
  readonly reportUrl: string | undefined;
  readonly commentUrl: string | undefined;
  /** Whether everything that was asked for is there. */
  readonly complete: boolean;
}

/**
 * Artifact, comment, job summary, annotations: each is tried whatever became of the others, until the signal aborts. Never
 * throws.
 */
export async function publishBatch(
  publication: Publication,
  request: PublishRequest,
  github: GitHubWorld,
): Promise<Published> {
  let complete = true;
  const warn = (text: string): void => {
    complete = false;
    github.warn(text);
  };
  const world = { ...github, warn };
  const attempt = async <T>(what: string, work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      warn(`${what}: ${messageOf(error)}`);
      return undefined;
    }
  };
  const { source } = publication;
  const failed = totals(source.batch).failed > 0;
  const reportFiles = publication.report?.paths ?? [];
  const { artifact, report } = await uploadFiles({ ...publication, reportFiles, failed }, request, world);
  const addresses = githubAddresses(world.event);
  const artifactUrl = artifact && addresses.artifactUrl(artifact.id);
  const pageUrls = report.map((page) => page && addresses.artifactUrl(page.id));
  const [reportUrl] = pageUrls;
  const ofRun = placesInReport(publication, pageUrls);
  const links: Links = { ...addresses, artifactUrl, reportUrl, ofRun };

  // Of a pull request its newest commit, not the merge that is checked out and that nobody knows.
  const commit = world.event.sha ?? source.commit;
  const digest = await attempt('Report', () => digestBatch({ ...source, commit }));
  let commentUrl: string | undefined;
  if (digest !== undefined && !world.signal.aborted) {
    const hidden = publication.hidden + digest.hidden;
    const title = world.event.workflow;
    commentUrl = await attempt('Comment', () => comment({ request, world, digest, links, hidden }));
    if (request.summary) {
      await attempt('Job summary', () => world.writeSummary(summaryBody({ digest, links, title, hidden })));
    }
    if (request.annotations) {
      await attempt('Annotations', () =>
        annotations(digest.batch, { ...source, links }).forEach(world.annotate),
      );
    }
  }
  return { artifact: artifact && { ...artifact, url: artifactUrl }, reportUrl, commentUrl, complete };
}

/** Where the report shows a run: in the page that has its notebook. */
function placesInReport(
  { source, report }: Publication,
  pageUrls: readonly (string | undefined)[],
): Links['ofRun'] {
  const runs = source.batch.results.map(({ run }, index) => [run.name, report?.pageOf[index] ?? 0] as const);
  const pageOf = new Map(runs);
  return ({ name }, cell) => {
    const url = pageUrls[pageOf.get(name) ?? 0];
    return url && url + reportAddress(name, cell);
  };
}

interface CommentParts {
  readonly request: PublishRequest;
  readonly world: GitHubWorld;
  readonly digest: BatchDigest;
  readonly links: Links;
  readonly hidden: number;
}

/** Address of the comment on the event's pull request; undefined when there is none, and it was told why. */
async function comment(parts: CommentParts): Promise<string | undefined> {
  const { request, world, digest } = parts;
  const { event, pullRequests } = world;
  const failed = totals(digest.batch).failed > 0;
  const { look, create, insist } = commentPolicy(request.comment, { event, failed });
  if (!look) return undefined;
  if (pullRequests === undefined) {
    if (insist) world.warn('No comment: there is no token for it. Set github-token.');
    return undefined;
  }
  const api = patientApi(world);
  try {
    const pullRequest = await findPullRequest(event, { pullRequests, api });
    if (pullRequest === undefined) {
      if (insist) world.notice('No comment: the commit belongs to no open pull request.');
      return undefined;
    }
    const author = await pullRequests.login();
    const sticky = stickyComment({ ...parts, event, key: request.commentKey, writer: event.run });
    const posted = await postComment({ ...sticky, pullRequest, create, author }, { ...pullRequests, api });
    return posted.kind === 'none' ? undefined : posted.url;
  } catch (error) {
    const refusal = commentRefusal(error, { restricted: event.restricted, insist });
    if (refusal.level === 'notice') world.notice(refusal.text);
    else world.warn(refusal.text);
    return undefined;
  }
}

/** What our comment says and how it is known again; where it stands is for the caller to add. */
export function stickyComment(options: {
  readonly event: WorkflowEvent;
  readonly digest: BatchDigest;
  readonly links: Links;
  readonly hidden: number;
  readonly key: string | undefined;
  readonly writer: StickyComment['writer'];
}): Omit<StickyComment, 'pullRequest' | 'create' | 'author'> {
  const { digest, links, hidden, writer } = options;
  const { workflow } = options.event;
  const key = commentKeyOf(options.event, options.key);
  const body = (shown: BatchDigest): string =>
    commentBody({ digest: shown, links, key, title: workflow, hidden, writer });
  return {
    body: body(digest),
    // Without what its notebooks say there is little left that could be too long.
    shortBody: () => body({ ...digest, runs: digest.runs.map(withoutOutputs) }),
    isOwn: (text) => isOwnComment(text, key),
    writer,
    writerOf: commentWriter,
  };
}

function withoutOutputs(run: BatchDigest['runs'][number]): BatchDigest['runs'][number] {
  return { ...run, failure: undefined, outputs: [], numbers: new Map() };
}
