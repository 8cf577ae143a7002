import { Untranslatable } from './language.ts';

export interface Escapes {
  /** Characters with an escape of their own. */
  readonly own: Readonly<Record<string, string>>;
  /** One character that may stand as it is, unless it has an escape of its own. */
  readonly plain: RegExp;
  /** The escape of any other code point. */
  readonly other: (codePoint: number) => string;
}

export const ASCII = /^[\x20-\x7e]$/;
/** Everything that is seen, in any script: no controls, no format characters, no line separators, no half surrogate pairs. */
export const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]$/u;

export function escapeText(text: string, { own, plain, other }: Escapes): string {
  let escaped = '';
  for (const character of text) {
    escaped += own[character] ?? (plain.test(character) ? character : other(codePointOf(character)));
  }
  return escaped;
}

export function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

export function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** `\u00e9`, and two of them beyond the basic plane: the escapes of languages whose strings are UTF-16. */
export function utf16Escape(codePoint: number): string {
  return utf16Units(codePoint)
    .map((unit) => `\\u${hex(unit, 4)}`)
    .join('');
}

export function utf16Units(codePoint: number): number[] {
  const text = String.fromCodePoint(codePoint);
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Half of a surrogate pair is no text in languages whose strings are Unicode. */
export function refuseLoneSurrogates(text: string, language: string): void {
  if (text.isWellFormed()) return;
  throw new Untranslatable(
    `holds half of a surrogate pair (\\ud800 to \\udfff), which ${language} has no text for`,
  );
}

export function refuseNul(text: string, language: string): void {
  if (text.includes('\0'))
    throw new Untranslatable(`holds the character NUL, which ${language} has no text for`);
}

/** The text in pieces of at most so many characters. */
export function inPieces(text: string, size: number): string[] {
  if (text.length <= size) return [text];
  const characters = Array.from(text);
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += size) {
    pieces.push(characters.slice(start, start + size).join(''));
  }
  return pieces;
}
