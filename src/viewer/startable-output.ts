import { element } from './element.ts';
import type { OutputPlace } from './output-place.ts';
import { sandboxFrame, type ScriptedOutput } from './sandbox-frame.ts';
import { hasScript, showsNothing } from './sanitise.ts';

/** An output that wants to run a script, and what it shows without: it starts when the reader says so. */
export function startableOutput(
  output: ScriptedOutput,
  place: OutputPlace,
  preview?: HTMLElement,
): HTMLElement {
  const start = element('button', { type: 'button', class: 'button' }, '▶ Start interactive output');
  const isLoader = output.kind === 'html' && showsNothing(output.text);
  const note = isLoader
    ? 'A script that shows nothing by itself; outputs that need it start it.'
    : 'Runs its script in a sealed frame, without network.';
  const box = element(
    'div',
    { class: 'interactive' },
    // An empty place that the script would fill tells a reader nothing.
    output.kind === 'html' && isBlank(preview) ? undefined : preview,
    element('div', { class: 'interactive-bar' }, start, element('span', { class: 'note' }, note)),
  );
  start.addEventListener('click', () => {
    const frame = sandboxFrame(scriptedBefore(output.text, place), output);
    box.replaceChildren(frame);
    frame.querySelector('iframe')?.focus();
  });
  return box;
}

function isBlank(preview: HTMLElement | undefined): boolean {
  const content = preview?.querySelector('.foreign-host')?.shadowRoot?.querySelector('.foreign');
  if (content === null || content === undefined) return false;
  return !/\S/.test(visibleText(content)) && content.querySelector('img, table, math, hr, progress') === null;
}

function visibleText(content: Element): string {
  return [...content.childNodes]
    .filter((node) => !(node instanceof HTMLStyleElement))
    .map((node) => (node instanceof Element ? visibleText(node) : (node.textContent ?? '')))
    .join('');
}

/** A shorter output that shows something itself is taken for a figure of its own, a longer one has its library inside. */
const LIBRARY_CHARACTERS = 100_000;

/**
 * The scripts above that an output may need: libraries load themselves into the page by an output of their own, or with
 * the first figure. Other figures are left out, they would be drawn again in each frame.
 */
function scriptedBefore(content: string, { notebook, cell }: OutputPlace): ScriptedOutput[] {
  const found: ScriptedOutput[] = [];
  for (const candidate of notebook.cells) {
    for (const output of candidate.outputs ?? []) {
      if (output.output_type !== 'display_data' && output.output_type !== 'execute_result') continue;
      const { 'text/html': html, 'application/javascript': javascript } = output.data;
      if (candidate === cell && (html === content || javascript === content)) return found;
      if (typeof html === 'string') {
        const isScripted = hasScript(html);
        // A script often fills an element that the output before it made.
        const isPlace = candidate === cell && !isScripted;
        const isLibrary = html.length > LIBRARY_CHARACTERS || showsNothing(html);
        if (isPlace) found.push({ kind: 'html', text: html, isShown: true });
        else if (isScripted && (isLibrary || candidate === cell)) found.push({ kind: 'html', text: html });
      } else if (typeof javascript === 'string' && (candidate === cell || !isDrawing(output.data))) {
        found.push({ kind: 'javascript', text: javascript });
      }
    }
    if (candidate === cell) break;
  }
  return found;
}

/** Bokeh says which of its scripts only draw. */
function isDrawing(data: Readonly<Record<string, unknown>>): boolean {
  return 'application/vnd.bokehjs_exec.v0+json' in data;
}
