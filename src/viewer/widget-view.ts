import type { JsonObject, Output } from '../notebook/types.ts';
import { element } from './element.ts';
import { foreignContent } from './foreign-content.ts';
import { markdownHtml } from './markdown.ts';
import type { OutputPlace } from './output-place.ts';

type ShowOutput = (output: Output, place: OutputPlace) => HTMLElement;

interface WidgetContext {
  readonly states: JsonObject;
  readonly place: OutputPlace;
  readonly showOutput: ShowOutput;
  readonly depth: number;
}

/** Boxes in boxes may contain themselves. */
const DEEPEST = 12;

/**
 * A widget as it stood when the notebook was saved, from the state that is kept in it: progress bars, labels, boxes,
 * and the value of every control. Nothing of it runs. undefined when the notebook holds no state of it.
 */
export function widgetView(
  view: unknown,
  place: OutputPlace,
  showOutput: ShowOutput,
): HTMLElement | undefined {
  const widgets = member(place.notebook.metadata['widgets'], 'application/vnd.jupyter.widget-state+json');
  const states = object(member(widgets, 'state'));
  const id = member(view, 'model_id');
  if (typeof id !== 'string') return undefined;
  return widget(id, { states, place, showOutput, depth: 0 });
}

function widget(id: string, context: WidgetContext): HTMLElement | undefined {
  const model = context.states[id.replace(/^IPY_MODEL_/, '')];
  const name = member(model, 'model_name');
  if (typeof name !== 'string' || context.depth > DEEPEST) return undefined;
  const state = object(member(model, 'state'));
  const show = FORMS.find(([pattern]) => pattern.test(name))?.[1];
  return show?.(state, { ...context, depth: context.depth + 1 }) ?? undefined;
}

type Form = (state: JsonObject, context: WidgetContext) => HTMLElement | undefined;

const FORMS: readonly (readonly [RegExp, Form])[] = [
  [/Progress(?:Model)$/, progress],
  [/^(?:HBox|VBox|Box|GridBox|Tab|Accordion|Stack)Model$/, box],
  [/^HTML(?:Math)?Model$/, (state) => foreignContent(text(state['value']), 'html')],
  [/^LabelModel$/, (state) => described(state, foreignContent(markdownHtml(text(state['value'])), 'latex'))],
  [/^OutputModel$/, outputArea],
  [/^ImageModel$/, image],
  [
    /^(?:Toggle)?ButtonModel$/,
    (state) => element('span', { class: 'widget-value' }, text(state['description'])),
  ],
  [/(?:Select|Dropdown|RadioButtons|ToggleButtons)\w*Model$/, selection],
  [/Model$/, value],
];

function progress(state: JsonObject): HTMLElement {
  const min = number(state['min'], 0);
  const bar = element('progress', {
    max: number(state['max'], 100) - min,
    value: number(state['value'], 0) - min,
    'aria-label': text(state['description']) || 'Progress',
  });
  return described(state, bar);
}

function box(state: JsonObject, context: WidgetContext): HTMLElement {
  const children = Array.isArray(state['children']) ? state['children'] : [];
  const isRow = state['_model_name'] === 'HBoxModel';
  return element(
    'div',
    { class: isRow ? 'widget-row' : 'widget-column' },
    children.map((child) => (typeof child === 'string' ? widget(child, context) : undefined)),
  );
}

function outputArea(state: JsonObject, { place, showOutput }: WidgetContext): HTMLElement {
  const outputs = Array.isArray(state['outputs']) ? (state['outputs'] as unknown as Output[]) : [];
  return element(
    'div',
    { class: 'widget-column' },
    outputs.map((output) => showOutput(output, place)),
  );
}

function image(state: JsonObject): HTMLElement | undefined {
  const format = text(state['format']) || 'png';
  const content = member(state['value'], 'data') ?? state['value'];
  if (typeof content !== 'string' || !/^(?:png|jpe?g|gif|webp)$/.test(format)) return undefined;
  const shown = element('img', { alt: 'Image of a widget' });
  shown.src = `data:image/${format};base64,${content}`;
  return shown;
}

function selection(state: JsonObject): HTMLElement {
  const labels = Array.isArray(state['_options_labels']) ? state['_options_labels'] : [];
  const index = state['index'];
  const chosen = (Array.isArray(index) ? index : [index]).map((at) =>
    typeof at === 'number' ? text(labels[at]) : '',
  );
  return described(state, element('span', { class: 'widget-value' }, chosen.join(', ')));
}

function value(state: JsonObject): HTMLElement | undefined {
  const { value: content } = state;
  if (content === undefined) return undefined;
  const shown = typeof content === 'string' ? content : JSON.stringify(content);
  return described(state, element('span', { class: 'widget-value' }, shown));
}

function described(state: JsonObject, content: HTMLElement): HTMLElement {
  const description = text(state['description']);
  if (description === '') return content;
  return element(
    'div',
    { class: 'widget-row' },
    element('span', { class: 'widget-label' }, description),
    content,
  );
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
