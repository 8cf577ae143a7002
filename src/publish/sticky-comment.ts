import type { PatientApi } from './patient-api.ts';
import { ApiError, type Comment, type Comments } from './ports.ts';

/** One comment per pull request and key, written anew by each run of the workflow. */
export interface StickyComment {
  readonly pullRequest: number;
  readonly body: string;
  /** Said instead when GitHub finds the body too long after all. */
  readonly shortBody: () => string;
  /** Whether to write one where none is yet. */
  readonly create: boolean;
  /** Login under which we write. Another's comment with our marker is not ours. */
  readonly author: string;
  readonly isOwn: (body: string) => boolean;
  readonly writer: Writer | undefined;
  readonly writerOf: (body: string) => Writer | undefined;
}

/** A run of the workflow, in the order of their beginning. */
export interface Writer {
  readonly number: number;
  readonly attempt: number;
}

export type Posted =
  | { readonly kind: 'created' | 'updated'; readonly url: string }
  /** A newer run of the workflow has written it: that one is right. */
  | { readonly kind: 'superseded'; readonly url: string }
  /** There is none, and none was to be made. */
  | { readonly kind: 'none' };

interface Context {
  readonly comments: Comments;
  readonly api: PatientApi;
}

/** How often a comment may vanish under our hands: deleted by a person, or by another job as one too many. */
const MOST_ROUNDS = 4;

/**
 * Writes the comment in place, or makes it. Jobs that make one at the same time end with one: after making it, each looks
 * again, the oldest stays, and whoever made another takes it back. Throws ApiError.
 */
export async function postComment(sticky: StickyComment, context: Context): Promise<Posted> {
  for (let round = 1; ; round++) {
    try {
      const [oldest] = await ownComments(sticky, context);
      if (oldest !== undefined) return await update(oldest, sticky, context);
      if (!sticky.create) return { kind: 'none' };
      return await create(sticky, context);
    } catch (error) {
      if (!(error instanceof CommentGone) || round >= MOST_ROUNDS) throw error;
    }
  }
}

/** The comment that was to be written is no longer there. */
class CommentGone extends ApiError {}

async function create(sticky: StickyComment, context: Context): Promise<Posted> {
  const { comments, api } = context;
  const made = await createOnce(sticky, context);
  const [oldest = made] = await ownComments(sticky, context);
  if (oldest.id === made.id) return { kind: 'created', url: made.url };
  await api.ask(() => comments.remove(made.id)).catch(ignoreGone);
  return await update(oldest, sticky, context);
}

/** A request that seems to have failed may have been fulfilled: before the next, look whether the comment is there. */
async function createOnce(sticky: StickyComment, context: Context): Promise<Comment> {
  const { comments, api } = context;
  for (let attempt = 0; ; attempt++) {
    try {
      return await orShort(sticky, (body) => comments.create(sticky.pullRequest, body));
    } catch (error) {
      if (!(await api.wait(error, attempt))) throw error;
      const [made] = await ownComments(sticky, context);
      if (made !== undefined) return made;
    }
  }
}

async function update(found: Comment, sticky: StickyComment, { comments, api }: Context): Promise<Posted> {
  const { writer } = sticky;
  const before = sticky.writerOf(found.body);
  if (writer !== undefined && before !== undefined && isOlder(writer, before)) {
    return { kind: 'superseded', url: found.url };
  }
  try {
    const { url } = await orShort(sticky, (body) => api.ask(() => comments.update(found.id, body)));
    return { kind: 'updated', url };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    throw new CommentGone(error.message, { status: 404, retryAfterMs: undefined, cause: error });
  }
}

async function orShort<T>(sticky: StickyComment, send: (body: string) => Promise<T>): Promise<T> {
  try {
    return await send(sticky.body);
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) return await send(sticky.shortBody());
    throw error;
  }
}

async function ownComments(sticky: StickyComment, { comments, api }: Context): Promise<readonly Comment[]> {
  const all = await api.ask(() => comments.list(sticky.pullRequest));
  return all
    .filter(({ author, body }) => author === sticky.author && sticky.isOwn(body))
    .sort((a, b) => a.id - b.id);
}

function isOlder(writer: Writer, than: Writer): boolean {
  return writer.number === than.number ? writer.attempt < than.attempt : writer.number < than.number;
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error;
}
