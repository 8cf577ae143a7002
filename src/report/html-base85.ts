/**
 * Printable ASCII without what HTML, JSON and JavaScript read as more than itself (`<`, `&`, quotes, backslash).
 * Base64 would make the file a third larger than its bytes, this a quarter. The viewer has the same table.
 */
export const BASE85_ALPHABET =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=>?@[]^_{';

const CODES = Uint8Array.from(BASE85_ALPHABET, (character) => character.charCodeAt(0));

/** Four bytes become five characters, as in Ascii85; of a last group with n bytes only n + 1 characters are kept. */
export function base85(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 4);
  const rest = bytes.length - whole;
  const out = Buffer.allocUnsafe((whole / 4) * 5 + (rest === 0 ? 0 : rest + 1));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0, to = 0; from < whole; from += 4, to += 5) write(out, to, view.getUint32(from), 5);
  if (rest > 0) {
    const last = new Uint8Array(4);
    last.set(bytes.subarray(whole));
    write(out, (whole / 4) * 5, new DataView(last.buffer).getUint32(0), rest + 1);
  }
  return out.toString('latin1');
}

function write(out: Uint8Array, at: number, group: number, characters: number): void {
  let value = group;
  for (let digit = 4; digit >= 0; digit--) {
    const next = Math.floor(value / 85);
    if (digit < characters) out[at + digit] = CODES[value - next * 85] ?? 0;
    value = next;
  }
}
