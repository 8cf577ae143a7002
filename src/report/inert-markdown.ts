/**
 * The one place that escapes for GitHub. Text of notebooks and configs can be read and nothing else: it mentions no
 * one, links and refers to nothing, is no HTML, and does not end what it stands in.
 */
import { cutText, firstUnits } from './cut-text.ts';
import { inertText } from './inert-text.ts';

const DEFAULT_CHARS = 120;

/** In a paragraph: code, in which GitHub sees neither `@` nor `#` nor addresses. */
export function codeSpan(text: string, chars = DEFAULT_CHARS): string {
  const content = oneLine(text, chars) || '""';
  const fence = '`'.repeat(longestRun(content) + 1);
  // One space on each side is taken away again.
  const pad = /^`|`$|^ .*[^ ].* $/.test(content) ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
}

/**
 * In a cell of a table. Cells are cut at `|` before code is looked for, and parsers disagree about a backslash before
 * `\|`: there it becomes U+2223, which looks the same.
 */
export function codeInTable(text: string, chars = DEFAULT_CHARS): string {
  return codeSpan(text, chars).replace(/(\\?)\|/g, (_, slash) => (slash === '' ? '\\|' : '\\\u2223'));
}

/** In a line of raw HTML, such as `<summary>`, where no Markdown is read. */
export function codeInHtml(text: string, chars = DEFAULT_CHARS): string {
  return `<code>${oneLine(text, chars).replace(/[&<>"']/g, entity)}</code>`;
}

/** As a block. The fence is longer than any the text contains. Empty for no lines. */
export function codeBlock(
  lines: readonly string[],
  options: { readonly language?: string | undefined; readonly chars: number },
): string {
  if (lines.length === 0) return '';
  const inert = lines.map((line) => oneLine(line.replaceAll('\t', '    '), options.chars).trimEnd());
  const fence = '`'.repeat(Math.max(3, ...inert.map((line) => longestRun(line) + 1)));
  return [fence + (options.language ?? ''), ...inert, fence].join('\n');
}

/**
 * Words in which GitHub, or an extension of Markdown, sees more than text: mentions, references to issues, commits and
 * advisories, addresses, emoji, formulas, code.
 */
const MORE_THAN_TEXT = /[@#$`]|:\/\/|www\.|[a-z]-\d|GHSA-|[0-9a-f]{7}|:[\w+-]+:/i;

/** As words of a paragraph or a cell. Whatever is more than text becomes code. */
export function prose(text: string, chars = DEFAULT_CHARS): string {
  const words = oneLine(text, chars).trim().split(/ +/);
  return words.map((word, index) => proseWord(word, { first: index === 0 })).join(' ');
}

function proseWord(word: string, { first }: { readonly first: boolean }): string {
  // The whole was cut already.
  if (MORE_THAN_TEXT.test(word)) return codeSpan(word.replaceAll('|', '\u2223'), Infinity);
  const escaped = word.replace(/[&<>|]/g, entity).replace(/[\\*_[\]~!]/g, '\\$&');
  // What would begin a heading, a list, a quotation, or underline the line before.
  return first ? escaped.replace(/^(\d*)([-+=]+|[.)])$/, '$1\\$2') : escaped;
}

/** In a label of a Mermaid diagram, between double quotes: letters, digits and harmless signs. */
export function mermaidLabel(text: string, chars = 40): string {
  const harmless = oneLine(text, 400).replace(/[^\p{L}\p{N} _.,:()/+=²³×⁰¹⁴-⁹⁻-]+/gu, ' ');
  return cutText(harmless.replace(/ +/g, ' ').trim(), chars);
}

/** A link to an address of ours. `label` is Markdown. Without a proper address only the label. */
export function link(label: string, url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return label;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return label;
  const destination = href.replace(/[()<>|\\`\s[\]*_~]/g, percent).replaceAll('&', '&amp;');
  return `[${label}](${destination})`;
}

/**
 * The hidden marks by which actions know their comments cannot be written, not even in code, where they hide nothing
 * but would still be found: their first dash becomes U+2010, which looks the same.
 */
function oneLine(text: string, chars: number): string {
  const inert = inertText(firstUnits(text, chars * 20)).replaceAll('<!--', '<!\u2010-');
  return cutText(inert, chars);
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
