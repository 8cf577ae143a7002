/** Shorter texts are in every other word. */
export const SHORTEST_SECRET = 8;

/** The forms in which a secret may appear, as the runner's own masker knows them, the value itself first. */
export function encodings(secret: string): string[] {
  const forms = [secret, ...secret.split(/\r?\n/).map((line) => line.trim())].filter(isLongEnough);
  return [...new Set(forms.flatMap((form) => [form, ...FORMS.flatMap((encode) => encode(form))]))].filter(
    isLongEnough,
  );
}

const FORMS: readonly ((secret: string) => string[])[] = [
  base64,
  (secret) => [encodeURIComponent(secret.toWellFormed())],
  (secret) => [encodeURIComponent(secret.toWellFormed()).replaceAll('%20', '+')],
  // As JSON, and as JSON that writes everything beyond ASCII as Python's json does.
  (secret) => [inJson(secret), inJson(secret).replace(/[^\x20-\x7e]/g, unicodeEscape)],
  // As Python shows a text.
  (secret) => [
    inJson(secret).replaceAll('\\"', '"'),
    inJson(secret).replaceAll('\\"', '"').replaceAll("'", "\\'"),
  ],
  (secret) => xml(secret),
];

/**
 * A text that is encoded inside of another begins at one of three places in a group of three bytes. The characters
 * that also hold bits of the neighbours are left out.
 */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((shifted.length * 8) / 6);
    const standard = shifted.toString('base64').slice(first, last);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function inJson(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function xml(secret: string): string[] {
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = escaped.replaceAll('"', '&quot;');
  return [escaped, quoted, quoted.replaceAll("'", '&#39;'), quoted.replaceAll("'", '&#x27;')];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function isLongEnough(text: string): boolean {
  return text.length >= SHORTEST_SECRET;
}
