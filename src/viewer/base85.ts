const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=>?@[]^_{';

const DIGITS = new Uint8Array(128);
for (let digit = 0; digit < ALPHABET.length; digit++) DIGITS[ALPHABET.charCodeAt(digit)] = digit;

/** The bytes that `base85` of the report writer made this text of. */
export function bytesOfBase85(text: string): Uint8Array<ArrayBuffer> {
  const rest = text.length % 5;
  const whole = text.length - rest;
  const size = (whole / 5) * 4 + (rest === 0 ? 0 : rest - 1);
  const padded = new Uint8Array((Math.ceil(text.length / 5) * 5 * 4) / 5);
  const view = new DataView(padded.buffer);
  let to = 0;
  for (let from = 0; from < whole; from += 5, to += 4) view.setUint32(to, group(text, from));
  // The last group was cut: the highest digits in the missing places give back its first bytes.
  if (rest > 0) view.setUint32(to, group(text.slice(whole).padEnd(5, '{'), 0));
  return padded.slice(0, size);
}

function group(text: string, at: number): number {
  let value = 0;
  for (let offset = 0; offset < 5; offset++)
    value = value * 85 + (DIGITS[text.charCodeAt(at + offset) & 127] ?? 0);
  return value;
}
