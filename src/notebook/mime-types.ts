/** MIME types whose content is any JSON value; every other content is text, binary as base64. nbformat's rule. */
export function isJsonMime(mime: string): boolean {
  return mime === 'application/json' || (mime.startsWith('application/') && mime.endsWith('+json'));
}

const SPLIT_THOUGH_NOT_TEXT = ['application/javascript', 'image/svg+xml'];

/** MIME types whose content is written to a file as a list of lines. nbformat's rule. */
export function isSplitMime(mime: string): boolean {
  return mime.startsWith('text/') || SPLIT_THOUGH_NOT_TEXT.includes(mime);
}
