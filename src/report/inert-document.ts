import { firstUnits } from './cut-text.ts';
import { codeBlock, codeSpan, prose } from './inert-markdown.ts';
import { mathBlock } from './inert-math.ts';
import { markdownTable } from './markdown-table.ts';

export interface DocumentLimits {
  /** Lines of text, or rows of a table. */
  readonly lines: number;
  /** Of a line. */
  readonly chars: number;
}

/**
 * A Markdown output of a notebook, written anew: its headings, lists, tables, emphasis and formulas, and whatever else
 * it contains as text. Links show where they lead instead of leading there, and nothing is an image or HTML.
 */
export function inertDocument(markdown: string, limits: DocumentLimits): string {
  const lines = markdown.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replaceAll('\t', '    '));
  const shown = lines.slice(0, limits.lines);
  const blocks: string[] = [];
  for (let index = 0; index < shown.length;) {
    const { block, next } = blockAt(shown, index, limits);
    if (block !== '') blocks.push(block);
    index = next;
  }
  if (lines.length > shown.length) blocks.push(`…and ${lines.length - shown.length} more lines.`);
  return blocks.join('\n\n');
}

interface Block {
  readonly block: string;
  readonly next: number;
}

function blockAt(lines: readonly string[], index: number, limits: DocumentLimits): Block {
  const line = lines[index] ?? '';
  if (line.trim() === '') return { block: '', next: index + 1 };
  for (const [starts, render] of BLOCKS) {
    if (starts.test(line)) return render(lines, index, limits);
  }
  const next = endOf(
    lines,
    index,
    (text) => text.trim() !== '' && !BLOCKS.some(([starts]) => starts.test(text)),
  );
  return { block: inline(lines.slice(index, next).join(' '), limits.chars * 4), next };
}

const ITEM = /^ {0,12}(?:[-*+]|\d{1,9}[.)]) +\S/;

const BLOCKS: readonly (readonly [
  starts: RegExp,
  render: (lines: readonly string[], index: number, limits: DocumentLimits) => Block,
])[] = [
  [/^ {0,3}(?:```|~~~)/, fenced],
  [/^ {0,3}\$\$/, formula],
  [/^ {0,3}\|.*\|/, table],
  [/^ {0,3}#{1,6} +\S/, heading],
  [ITEM, list],
];

function fenced(lines: readonly string[], index: number, { chars }: DocumentLimits): Block {
  const fence = (lines[index] ?? '').trim().slice(0, 3);
  const end = endOf(lines, index + 1, (line) => !line.trim().startsWith(fence));
  return { block: codeBlock(lines.slice(index + 1, end), { chars }), next: end + 1 };
}

function formula(lines: readonly string[], index: number, { chars }: DocumentLimits): Block {
  const first = (lines[index] ?? '').trim();
  const end =
    first.length > 2 && first.endsWith('$$')
      ? index
      : endOf(lines, index + 1, (line) => !line.trim().endsWith('$$'));
  return { block: mathBlock(lines.slice(index, end + 1).join('\n'), chars), next: end + 1 };
}

function table(lines: readonly string[], index: number, limits: DocumentLimits): Block {
  const end = endOf(lines, index, (line) => line.trim().startsWith('|'));
  const rows = lines.slice(index, end).map((line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .slice(0, 24)
      .map((cell) => cell.trim()),
  );
  const [header = [], rule = [], ...others] = rows;
  const body = rule.every((cell) => /^:?-+:?$/.test(cell)) ? others : rows.slice(1);
  const cell = (text: string | undefined): string => inline(text ?? '', limits.chars);
  return {
    block: markdownTable(
      header.map((text) => ({ heading: cell(text) })),
      body.map((cells) => header.map((_, column) => cell(cells[column]))),
    ),
    next: end,
  };
}

/** Bold, so that no notebook writes the headings of our report. */
function heading(lines: readonly string[], index: number, { chars }: DocumentLimits): Block {
  const text = (lines[index] ?? '').trim().replace(/^#+ +|[*_]/g, '');
  return { block: strong(text, chars), next: index + 1 };
}

function list(lines: readonly string[], index: number, { chars }: DocumentLimits): Block {
  const end = endOf(lines, index, (line) => line.trim() !== '' && (ITEM.test(line) || /^ {2,}\S/.test(line)));
  const items = lines.slice(index, end).map((line) => {
    const depth = Math.min(3, Math.floor(line.search(/\S/) / 2));
    const text = line.trim().replace(/^(?:[-*+]|\d{1,9}[.)]) +/, '');
    return { indent: '  '.repeat(depth), text: inline(text, chars * 2) };
  });
  // A dash without text would underline the item above as a heading.
  const shown = items.filter(({ text }) => text !== '').map(({ indent, text }) => `${indent}- ${text}`);
  return { block: shown.join('\n'), next: end };
}

/** The first index from `from` on whose line does not belong to the block. */
function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let index = from;
  while (index < lines.length && belongs(lines[index] ?? '')) index += 1;
  return Math.max(index, from);
}

/** Strong text and code keep their look; everything else is text. */
function inline(text: string, chars: number): string {
  const pieces = firstUnits(text, chars * 8).split(/(\*\*[^*`\s][^*`]{0,300}\*\*|`[^`]{1,300}`)/);
  let line = '';
  for (const piece of pieces.map((each, index) =>
    index % 2 === 0 ? spaced(each, chars) : marked(each, chars),
  )) {
    // Two pieces of code that touch would be read as one.
    line += line.endsWith('`') && piece.startsWith('`') ? ` ${piece}` : piece;
  }
  return line.trim();
}

function marked(piece: string, chars: number): string {
  return piece.startsWith('**') ? strong(piece.slice(2, -2), chars) : codeSpan(piece.slice(1, -1), chars);
}

/** Nothing where nothing is to be seen: four asterisks would be a rule. */
function strong(text: string, chars: number): string {
  const words = prose(text, chars);
  return words === '' ? '' : `**${words}**`;
}

/** Text between marked pieces keeps the spaces at its ends. */
function spaced(text: string, chars: number): string {
  if (text.trim() === '') return text === '' ? '' : ' ';
  return (/^\s/.test(text) ? ' ' : '') + prose(text, chars) + (/\s$/.test(text) ? ' ' : '');
}
