import { plainText } from '../notebook/plain-text.ts';
import type { Cell, MimeBundle, Notebook, Output } from '../notebook/types.ts';
import { firstUnits } from './cut-text.ts';
import { htmlTable } from './html-table.ts';
import type { OutputDigest } from './publication.ts';

/** The last outputs of a notebook are its results; the first ones show what it began with. */
const MAX_OUTPUTS = 6;
const MAX_TEXT_CHARS = 6_000;

const SCRAP = 'application/scrapbook.scrap';
const WIDGET = 'application/vnd.jupyter.widget-view+json';

/** `<Figure size 640x480 with 1 Axes>`, `[<matplotlib.lines.Line2D at 0x7f…>]`: names of objects, not their values. */
const OBJECT_NAME = /^\[?<[\w.]+[\s:>]/;

/** The last outputs that need no hosting to be seen, in the order of the notebook, and the number of figures. */
export function digestOutputs({ cells }: Notebook): {
  readonly outputs: readonly OutputDigest[];
  readonly figures: number;
} {
  const bundles = cells.flatMap((cell) => shown(cell));
  const outputs: OutputDigest[] = [];
  for (const bundle of bundles.toReversed()) {
    const output = digestBundle(bundle);
    if (output !== undefined) outputs.unshift(output);
    if (outputs.length === MAX_OUTPUTS) break;
  }
  return { outputs, figures: bundles.filter(isFigure).length };
}

function shown(cell: Cell): MimeBundle[] {
  return (cell.outputs ?? []).flatMap((output: Output) =>
    output.output_type === 'display_data' || output.output_type === 'execute_result' ? [output.data] : [],
  );
}

function isFigure(bundle: MimeBundle): boolean {
  // sympy and others send an image beside the formula that it shows.
  return bundle['text/latex'] === undefined && Object.keys(bundle).some((mime) => mime.startsWith('image/'));
}

/** undefined for what can only be seen elsewhere, and for what says nothing. */
function digestBundle(bundle: MimeBundle): OutputDigest | undefined {
  const isScrap = Object.keys(bundle).some((mime) => mime.startsWith(SCRAP));
  if (isScrap || bundle[WIDGET] !== undefined || isFigure(bundle)) return undefined;
  const table = htmlTable(textOf(bundle, 'text/html'));
  if (table !== undefined) return { kind: 'table', table };
  for (const [mime, kind] of TEXTS) {
    const text = plainText(textOf(bundle, mime)).trim();
    if (text !== '' && !(kind === 'text' && OBJECT_NAME.test(text))) {
      return { kind, text: firstUnits(text, MAX_TEXT_CHARS) };
    }
  }
  return undefined;
}

const TEXTS = [
  ['text/markdown', 'markdown'],
  ['text/latex', 'latex'],
  ['text/plain', 'text'],
] as const;

function textOf(bundle: MimeBundle, mime: string): string {
  const content = bundle[mime];
  return typeof content === 'string' ? content : '';
}
