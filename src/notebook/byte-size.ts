import type { Json } from './types.ts';

/** About the bytes a value needs in a file, without its indentation. */
export function byteSize(value: Json | undefined): number {
  let bytes = 0;
  const pending: (Json | undefined)[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') bytes += Buffer.byteLength(next) + 2;
    else if (typeof next !== 'object' || next === null) bytes += 5;
    else {
      if (!Array.isArray(next)) for (const key of Object.keys(next)) bytes += key.length + 4;
      for (const member of Object.values(next) as Json[]) pending.push(member);
    }
  }
  return bytes;
}

/** The longest beginning of a text with at most that many bytes in UTF-8; never half a character. */
export function firstBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

/** The longest end of a text with at most that many bytes in UTF-8; never half a character. */
export function lastBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text.slice(-bytes));
  if (encoded.length <= bytes) return text.slice(-bytes);
  let start = encoded.length - bytes;
  while (start < encoded.length && isContinuation(encoded[start])) start++;
  // Cut from the text itself: what was decoded would have lost half characters.
  const units = encoded.toString('utf8', start).length;
  return units === 0 ? '' : text.slice(-units);
}

/** In UTF-8 every byte of a character but its first has the form 10xxxxxx. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
