/** An output, and its text in the report and in nbconvert's page. */
export interface ShownOutput {
  readonly run: string;
  /** Among the outputs of the notebook. */
  readonly index: number;
  readonly output: {
    readonly output_type: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly traceback?: readonly string[];
    readonly text?: string | readonly string[];
  };
  readonly ours: string;
  readonly nbconvert: string;
}

/** Where the report shows another text than nbconvert on purpose. */
interface RenderingDifference {
  readonly id: string;
  readonly reason: string;
  readonly applies: (shown: ShownOutput) => boolean;
}

export const RENDERING_DIFFERENCES: readonly RenderingDifference[] = [
  {
    id: 'widgets',
    reason:
      'nbconvert leaves widgets to a script from the network; the report shows the state that was saved.',
    applies: (shown) => has(shown, /^application\/vnd\.jupyter\.widget-view\+json$/),
  },
  {
    id: 'json',
    reason: 'nbconvert cannot show JSON, and takes the plain text; the report has a tree, as JupyterLab has.',
    applies: (shown) => has(shown, /^application\/(?:geo\+|vnd\.own\+)?json$/) && !has(shown, /^text\/html$/),
  },
  {
    id: 'formulas',
    reason:
      'nbconvert leaves the source of formulas to MathJax from the network; the report sets them in MathML.',
    applies: (shown) => has(shown, /^text\/latex$/) && !has(shown, /^text\/html$/),
  },
  {
    id: 'scripts',
    reason: 'A page of nbconvert runs the scripts of a notebook; the report asks first.',
    applies: (shown) => has(shown, /^application\/javascript$/),
  },
  {
    id: 'errors-without-traceback',
    reason: 'nbconvert shows nothing of them; the report, as JupyterLab, the name and the text.',
    applies: ({ output }) => output.output_type === 'error' && output.traceback?.length === 0,
  },
  {
    id: 'content-from-elsewhere',
    reason: 'A page of nbconvert loads pictures and pages from the network; the report says where they are.',
    applies: ({ output }) => /<iframe|<img[^>]+src="https?:/.test(textOf(output.data?.['text/html'])),
  },
  {
    id: 'links-of-terminals',
    reason:
      'nbconvert shows the escape sequences around a link (OSC 8); the report shows its text, as terminals do.',
    applies: ({ output }) => textOf(output.text).includes('\u001b]8;'),
  },
];

export function differenceOf(shown: ShownOutput): RenderingDifference | undefined {
  return RENDERING_DIFFERENCES.find(({ applies }) => applies(shown));
}

function has({ output }: ShownOutput, type: RegExp): boolean {
  return Object.keys(output.data ?? {}).some((key) => type.test(key));
}

/** Texts are written as lists of lines. */
function textOf(text: unknown): string {
  return Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
}
