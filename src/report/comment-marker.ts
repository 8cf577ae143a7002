import { firstUnits } from './cut-text.ts';
import type { CommentWriter } from './publication.ts';

/** Of an input; a comment has to hold it. */
const MAX_KEY_CHARS = 500;

const WRITER = /^<!-- parallel-notebooks: [^\n]* -->\r?\n<!-- written by run (\d{1,15})\.(\d{1,9}) -->/;

/**
 * The hidden first lines of a comment: whose it is, and which run of the workflow wrote it. What is ours stands first,
 * where no text of a notebook ever does.
 */
export function commentMarker(key: string, writer?: CommentWriter): string {
  const lines = [ownerLine(key)];
  if (writer !== undefined) lines.push(`<!-- written by run ${writer.number}.${writer.attempt} -->`);
  return lines.join('\n');
}

/** Whether a comment with this body is ours, for this key. Who its author is must be looked at too. */
export function isOwnComment(body: string, key: string): boolean {
  return body.startsWith(ownerLine(key));
}

/** Which run of the workflow wrote the comment; undefined when it does not say. */
export function commentWriter(body: string): CommentWriter | undefined {
  const [, number, attempt] = WRITER.exec(body) ?? [];
  if (number === undefined || attempt === undefined) return undefined;
  return { number: Number(number), attempt: Number(attempt) };
}

/** `--` would end the comment, and is refused in one by XML: no `-` is left. */
function ownerLine(key: string): string {
  const encoded = encodeURIComponent(firstUnits(key, MAX_KEY_CHARS).toWellFormed()).replaceAll('-', '%2D');
  return `<!-- parallel-notebooks: ${encoded} -->`;
}
