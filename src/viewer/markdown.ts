import { Marked, type TokenizerAndRendererExtension } from 'marked';
import temml from 'temml';

/** Markdown as Jupyter means it, as HTML that still has to be sanitised. `attachments`: `attachment:` address → data URL. */
export function markdownHtml(source: string, attachments: ReadonlyMap<string, string> = new Map()): string {
  const html = marked.parse(source, { async: false });
  return html.replace(/src="attachment:([^"]*)"/g, (whole, name: string) => {
    const url = [...attachments].find(([known]) => known === name || encodeURI(known) === name)?.[1];
    return url === undefined ? whole : `src="${url}"`;
  });
}

/** TeX as MathML, which browsers draw themselves; what cannot be parsed is shown as it was written. */
export function mathHtml(tex: string, displayMode: boolean): string {
  try {
    // Numbers that a hostile formula would otherwise drive up without end.
    return temml.renderToString(tex, { displayMode, throwOnError: true, maxExpand: 500, maxSize: [50, 50] });
  } catch {
    const dollars = displayMode ? '$$' : '$';
    return `<code class="tex">${dollars}${escaped(tex)}${dollars}</code>`;
  }
}

/** A formula by itself, `text/latex`: with or without its dollar signs, perhaps text between formulas. */
export function latexHtml(source: string): string {
  const parts = [...source.matchAll(FORMULA)].map(({ 0: whole, groups = {} }) => {
    const display = groups['double'] ?? groups['square'] ?? groups['environment'];
    const inline = groups['single'] ?? groups['round'];
    if (display !== undefined) return { isFormula: true, html: mathHtml(display, true) };
    if (inline === undefined) return { isFormula: false, html: escaped(whole) };
    // SymPy's way to say that a formula stands alone.
    const [marker = ''] = /^\s*\\displaystyle\b/.exec(inline) ?? [];
    return { isFormula: true, html: mathHtml(inline.slice(marker.length), marker !== '') };
  });
  if (!parts.some(({ isFormula }) => isFormula)) return mathHtml(source, true);
  return parts.map(({ html }) => html).join('');
}

const FORMULA = new RegExp(
  [
    /\$\$(?<double>[^]+?)\$\$/,
    /\$(?<single>[^]+?)\$/,
    /\\\[(?<square>[^]+?)\\\]/,
    /\\\((?<round>[^]+?)\\\)/,
    /(?<environment>\\begin\{[^]+\\end\{[^}]*\})/,
    /[^$\\]+|[^]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

interface MathForm {
  readonly name: string;
  readonly level: 'block' | 'inline';
  readonly start: RegExp;
  /** The formula in group 1. */
  readonly whole: RegExp;
  readonly display: boolean;
}

/** As in JupyterLab: dollars, double dollars, doubly escaped brackets, and bare environments. */
const FORMS: readonly MathForm[] = [
  {
    name: 'mathBlock',
    level: 'block',
    start: /^ {0,3}\$\$/m,
    whole: /^ {0,3}\$\$([\s\S]+?)\$\$/,
    display: true,
  },
  {
    name: 'mathEnvironment',
    level: 'block',
    start: /^ {0,3}\\begin\{/m,
    whole: /^ {0,3}(\\begin\{([a-zA-Z]+\*?)\}[\s\S]*?\\end\{\2\})/,
    display: true,
  },
  { name: 'mathDisplay', level: 'inline', start: /\$\$/, whole: /^\$\$([\s\S]+?)\$\$/, display: true },
  {
    name: 'mathInline',
    level: 'inline',
    start: /\$/,
    whole: /^\$(?![\s$])((?:\\[\s\S]|[^\\$])*?[^\s\\$]|[^\s\\$])\$(?!\d)/,
    display: false,
  },
  { name: 'mathRound', level: 'inline', start: /\\\\\(/, whole: /^\\\\\(([\s\S]+?)\\\\\)/, display: false },
  { name: 'mathSquare', level: 'inline', start: /\\\\\[/, whole: /^\\\\\[([\s\S]+?)\\\\\]/, display: true },
];

function mathExtension({ name, level, start, whole, display }: MathForm): TokenizerAndRendererExtension {
  return {
    name,
    level,
    start: (source: string) => start.exec(source)?.index,
    tokenizer(source: string) {
      const [raw, tex] = whole.exec(source) ?? [];
      return raw === undefined ? undefined : { type: name, raw, tex };
    },
    renderer: (token) => mathHtml(String(token['tex']), display),
  };
}

const marked = new Marked({
  gfm: true,
  extensions: FORMS.map(mathExtension),
  renderer: {
    heading({ tokens, depth }) {
      const html = this.parser.parseInline(tokens);
      const id = this.parser
        .parseInline(tokens, this.parser.textRenderer)
        .replace(/\s+/g, '-')
        .replace(/["<>&]/g, '');
      return `<h${depth} id="${id}">${html}</h${depth}>\n`;
    },
  },
});
