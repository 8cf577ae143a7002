import { createHash } from 'node:crypto';

/**
 * Bytes of one segment. A file name holds two segments and `_backup.ipynb`, and no file system that matters
 * takes more than 255.
 */
const MAX_BYTES = 100;
/** Letters and digits of all scripts, and signs that no shell, file system or artifact store minds inside a path. */
const SAFE = /^[\p{L}\p{N}_(=+,@[][\p{L}\p{M}\p{N}._ ()[\]=+,@-]*$/u;
const UNSAFE_RUN = /[^\p{L}\p{M}\p{N}._ ()[\]=+,@-]+/gu;
/** Names that Windows gives to devices, with any extension. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?$/iu;

/**
 * The text as one segment of a path on every system and in every artifact: itself in NFC where that is safe, otherwise
 * what is left of it and six digits of a hash, which keep different texts different.
 */
export function safeSegment(text: string): string {
  const normal = text.normalize('NFC');
  if (isSafe(normal)) return normal;
  const hash = createHash('sha256').update(normal).digest('hex').slice(0, 6);
  const words = normal.replace(UNSAFE_RUN, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  // With the hash behind it, `CON.a:` would still be a device with an extension.
  const name = DEVICE.test(`${words}-${hash}`) ? `_${words}` : words;
  const slug = withinBytes(name, MAX_BYTES - hash.length - 1).replace(/[-. ]+$/u, '');
  return `${slug || 'run'}-${hash}`;
}

function isSafe(text: string): boolean {
  return SAFE.test(text) && !/[. ]$/.test(text) && !DEVICE.test(text) && Buffer.byteLength(text) <= MAX_BYTES;
}

function withinBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

/** Whether a label, taken as the path it looks like, would leave the output folder. */
export function leavesFolder(text: string): boolean {
  return /^[/\\]|^[A-Za-z]:[/\\]/.test(text) || text.split(/[/\\]/).includes('..');
}
