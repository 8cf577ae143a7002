import { commentMarker } from './comment-marker.ts';
import { COMMENT_LADDER } from './detail.ts';
import { fit } from './fit.ts';
import { link } from './inert-markdown.ts';
import type { BatchDigest, CommentWriter, Links } from './publication.ts';
import { reportText } from './report-text.ts';

export interface CommentOptions {
  readonly digest: BatchDigest;
  readonly links: Links;
  /** Tells the comments of several uses on one pull request apart. */
  readonly key: string;
  /** Stands above everything, for instance the workflow's name; undefined = nothing does. */
  readonly title?: string | undefined;
  /** Secrets hidden in what was published; 0 or undefined = nothing is said. */
  readonly hidden?: number | undefined;
  /** Which run of the workflow writes this, so that an older one that ends later can be told. */
  readonly writer?: CommentWriter | undefined;
}

/** GitHub refuses longer comments: 422, `body is too long (maximum is 65536 characters)`. */
export const MAX_COMMENT_CHARS = 65_536;

/** Ours are shorter, which leaves room for whoever counts otherwise, and for what a workflow adds. */
const LIMIT = 60_000;

/** The comment on a pull request, at most 60,000 characters (UTF-16 code units) long. */
export function commentBody(options: CommentOptions): string {
  const marker = commentMarker(options.key, options.writer);
  const more = link('job summary', options.links.runUrl);
  const ladder = COMMENT_LADDER.map((detail, rung) => () => {
    const shortened = rung === 0 ? '' : `\nShortened to fit a comment; the ${more} says more.\n`;
    return `${marker}\n\n${reportText(options, detail)}${shortened}`;
  });
  return fit(ladder, { limit: LIMIT, size: (text) => text.length });
}
