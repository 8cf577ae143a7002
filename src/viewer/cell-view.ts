import type { Cell, Notebook } from '../notebook/types.ts';
import { element } from './element.ts';
import { foreignContent } from './foreign-content.ts';
import { highlighted } from './highlight.ts';
import { markdownHtml } from './markdown.ts';
import { outputView } from './output-view.ts';
import { durationText } from './quantity-text.ts';
import { runAddress } from './route.ts';

export interface CellContext {
  readonly notebook: Notebook;
  readonly cell: Cell;
  /** What an address calls the cell. */
  readonly key: string;
  readonly run: string;
  readonly language: string;
  readonly isFailing: boolean;
}

/** One cell as JupyterLab shows it: prompt, source, outputs. */
export function cellView(context: CellContext): HTMLElement {
  const { cell, key, isFailing } = context;
  const body = cell.cell_type === 'code' ? codeBody(context) : proseBody(cell);
  const kind = isFailing ? ' failing' : hasTag(cell, 'injected-parameters') ? ' injected' : '';
  return element(
    'section',
    {
      class: `cell is-${cell.cell_type}${kind}`,
      'data-cell': key,
      tabindex: -1,
      'aria-label': cellTitle(cell, key),
    },
    element('div', { class: 'prompt' }, prompt(context)),
    element('div', { class: 'cell-body' }, body),
  );
}

/** For instance `Cell 4`. */
export function cellTitle(cell: Cell, key: string): string {
  if (cell.cell_type !== 'code') return cell.cell_type === 'markdown' ? 'Text' : 'Raw cell';
  return typeof cell.execution_count === 'number' ? `Cell ${cell.execution_count}` : `Cell ${key}`;
}

function prompt({ cell, key, run }: CellContext): HTMLElement {
  const text = cell.cell_type === 'code' ? `[${cell.execution_count ?? ' '}]:` : '#';
  return element(
    'a',
    {
      href: runAddress(run, key),
      title: 'Link to this cell',
      'aria-label': `Link to ${cellTitle(cell, key)}`,
    },
    text,
  );
}

function codeBody(context: CellContext): (HTMLElement | undefined)[] {
  const { cell, notebook, key, isFailing } = context;
  const outputs = cell.outputs ?? [];
  const title = `Output of ${cellTitle(cell, key).toLowerCase()}`;
  return [
    isFailing ? element('p', { class: 'cell-mark failed' }, '✗ The run failed here') : undefined,
    hasTag(cell, 'injected-parameters')
      ? element('p', { class: 'cell-mark' }, 'Parameters of this run')
      : undefined,
    hasTag(cell, 'parameters') ? element('p', { class: 'cell-mark quiet' }, 'Default parameters') : undefined,
    cell.source === '' ? undefined : source(context),
    outputs.length === 0
      ? undefined
      : element(
          'div',
          { class: 'outputs', role: 'group', 'aria-label': title },
          outputs.map((output) =>
            element(
              'div',
              { class: `output ${output.output_type}` },
              outputView(output, { notebook, cell, title }),
            ),
          ),
        ),
  ];
}

function source({ cell, language, isFailing }: CellContext): HTMLElement {
  const took = cellDuration(cell);
  const lines = cell.source.split('\n').length;
  const hidden = isSourceHidden(cell) && !isFailing;
  const code = element('pre', { class: 'code', tabindex: 0 }, highlighted(cell.source, language));
  return element(
    'details',
    { class: 'source', open: !hidden, 'data-open': !hidden },
    element(
      'summary',
      {},
      element('span', { class: 'source-label' }, `Source, ${lines === 1 ? '1 line' : `${lines} lines`}`),
      took === undefined
        ? undefined
        : element('span', { class: 'took', title: 'Time in the kernel' }, durationText(took)),
    ),
    code,
  );
}

function proseBody(cell: Cell): HTMLElement {
  if (cell.cell_type === 'raw') return element('pre', { class: 'text plain', tabindex: 0 }, cell.source);
  return foreignContent(markdownHtml(cell.source, attachmentsOf(cell)), 'markdown');
}

function attachmentsOf(cell: Cell): ReadonlyMap<string, string> {
  const attachments = (cell['attachments'] ?? {}) as Record<string, unknown>;
  const urls = new Map<string, string>();
  for (const [name, bundle] of Object.entries(attachments)) {
    if (typeof bundle !== 'object' || bundle === null) continue;
    for (const [type, content] of Object.entries(bundle)) {
      const base64: unknown = Array.isArray(content) ? content.join('') : content;
      if (
        /^image\/[\w.+-]+$/.test(type) &&
        typeof base64 === 'string' &&
        /^[A-Za-z0-9+/=\s]*$/.test(base64)
      ) {
        urls.set(name, `data:${type};base64,${base64.replace(/\s/g, '')}`);
      }
    }
  }
  return urls;
}

/** Milliseconds between the first and the last sign of the kernel; undefined when it gave none. */
export function cellDuration(cell: Cell): number | undefined {
  const execution = cell.metadata['execution'];
  if (typeof execution !== 'object' || execution === null || Array.isArray(execution)) return undefined;
  const times = execution as Record<string, unknown>;
  const [began, ended] = [
    times['iopub.status.busy'] ?? times['iopub.execute_input'],
    times['iopub.status.idle'] ?? times['shell.execute_reply'],
  ].map((text) => (typeof text === 'string' ? Date.parse(text) : NaN));
  const took = (ended ?? NaN) - (began ?? NaN);
  return Number.isNaN(took) ? undefined : Math.max(0, took);
}

export function hasTag(cell: Cell, tag: string): boolean {
  const tags = cell.metadata['tags'];
  return Array.isArray(tags) && tags.includes(tag);
}

function isSourceHidden(cell: Cell): boolean {
  const jupyter = cell.metadata['jupyter'];
  const isHidden =
    typeof jupyter === 'object' &&
    jupyter !== null &&
    'source_hidden' in jupyter &&
    jupyter['source_hidden'] === true;
  return isHidden || hasTag(cell, 'hide-input') || hasTag(cell, 'hide_input');
}
