import type { JsonObject, Output } from '../notebook/types.ts';
import { ansiText } from './ansi-text.ts';
import { chartData } from './chart-data.ts';
import { element } from './element.ts';
import { foreignContent } from './foreign-content.ts';
import { jsonTree } from './json-tree.ts';
import { latexHtml, markdownHtml } from './markdown.ts';
import type { OutputPlace } from './output-place.ts';
import { drawingImage, hasScript } from './sanitise.ts';
import { startableOutput } from './startable-output.ts';
import { widgetView } from './widget-view.ts';

/** One output as JupyterLab shows it. */
export function outputView(output: Output, place: OutputPlace): HTMLElement {
  switch (output.output_type) {
    case 'stream':
      return longText(output.text, `stream ${output.name === 'stderr' ? 'stderr' : 'stdout'}`);
    case 'error': {
      const traceback = output.traceback.join('\n');
      // Kernels may leave out any of the three.
      const summary = [output.ename, output.evalue].filter((part) => part !== '').join(': ');
      return longText(traceback === '' ? summary : traceback, 'traceback');
    }
    case 'display_data':
    case 'execute_result':
      return dataView(output.data, output.metadata, place);
  }
}

type Renderer = (content: unknown, context: DataContext) => HTMLElement | undefined;
interface DataContext {
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly place: OutputPlace;
  readonly type: string;
}

/** Richest first, as JupyterLab ranks them. A renderer that cannot show its content leaves it to the next. */
const RENDERERS: readonly (readonly [RegExp, Renderer])[] = [
  [
    /^application\/vnd\.jupyter\.widget-view\+json$/,
    (content, { place }) => widgetView(content, place, outputView),
  ],
  [/^text\/html$/, htmlOutput],
  [
    /^text\/markdown$/,
    (content) => textual(content, (text) => foreignContent(markdownHtml(text), 'markdown')),
  ],
  [/^text\/latex$/, (content) => textual(content, (text) => foreignContent(latexHtml(text), 'latex'))],
  [
    /^image\/svg\+xml$/,
    (content, context) => textual(content, (text) => figure(drawingImage(text), context)),
  ],
  [/^image\/(?:png|jpeg|gif|webp|bmp|avif)$/, rasterImage],
  [
    /^application\/(?:javascript|ecmascript)$/,
    (content, { place }) => textual(content, (text) => startableOutput({ kind: 'javascript', text }, place)),
  ],
  [
    /^application\/vnd\.(?:plotly\.v1|vega(?:lite)?\.v\d+)[+.]json$/,
    (content, { type }) => chartData(type, content),
  ],
  [/^text\/plain$/, (content, { data }) => (hasTree(data) ? undefined : textual(content, plain))],
  [/^application\/(?:geo\+)?json$|\+json$/, (content) => jsonTree(content)],
  [/^text\/plain$/, (content) => textual(content, plain)],
];

function dataView(data: JsonObject, metadata: JsonObject, place: OutputPlace): HTMLElement {
  for (const [pattern, render] of RENDERERS) {
    const type = Object.keys(data).find((candidate) => pattern.test(candidate));
    if (type === undefined) continue;
    const rendered = render(data[type], { data, metadata, place, type });
    if (rendered !== undefined) return rendered;
  }
  const types = Object.keys(data).join(', ');
  return element('p', { class: 'note' }, types === '' ? 'Empty output.' : `No way to show ${types} here.`);
}

/** JSON itself, whose plain text says only that there is some. */
function hasTree(data: JsonObject): boolean {
  return data['application/json'] !== undefined;
}

function textual(content: unknown, render: (text: string) => HTMLElement): HTMLElement | undefined {
  return typeof content === 'string' ? render(content) : undefined;
}

function plain(text: string): HTMLElement {
  return longText(text, 'plain');
}

function htmlOutput(content: unknown, { data, metadata, place }: DataContext): HTMLElement | undefined {
  if (typeof content !== 'string') return undefined;
  if (!hasScript(content)) return foreignContent(content, 'html');
  // A picture of the same thing is there at once.
  const still = Object.keys(data).find((type) => /^image\/(?:png|jpeg|svg\+xml)$/.test(type));
  const preview =
    still === undefined
      ? foreignContent(content, 'html')
      : dataView({ [still]: data[still] ?? '' }, metadata, place);
  return startableOutput({ kind: 'html', text: content }, place, preview);
}

function rasterImage(content: unknown, context: DataContext): HTMLElement | undefined {
  if (typeof content !== 'string') return undefined;
  const image = new Image();
  image.decoding = 'async';
  image.src = `data:${context.type};base64,${content.replace(/\s/g, '')}`;
  return figure(image, context);
}

function figure(image: HTMLImageElement, { data, metadata, place, type }: DataContext): HTMLElement {
  const own = metadata[type];
  // Known before it is decoded, so that nothing below jumps, and an address finds its cell.
  const size = type === 'image/png' ? pngSize(image.src) : undefined;
  if (size !== undefined) [image.width, image.height] = size;
  const { width, height, alt } = { ...metadata, ...(isJsonObject(own) ? own : {}) } as Record<
    string,
    unknown
  >;
  if (typeof width === 'number' && width > 0) scale(image, width, size);
  else if (typeof height === 'number' && height > 0 && size !== undefined)
    scale(image, (height * size[0]) / size[1], size);
  const text = data['text/plain'];
  const description = typeof text === 'string' && !/^<.*>$/s.test(text) ? `: ${text.slice(0, 200)}` : '';
  image.alt = typeof alt === 'string' ? alt : `${place.title}${description}`;
  return element('div', { class: 'image' }, image);
}

/** An author's width; the height follows. */
function scale(image: HTMLImageElement, width: number, size: readonly [number, number] | undefined): void {
  image.width = Math.round(width);
  if (size !== undefined) image.height = Math.round((width * size[1]) / size[0]);
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Width and height in the head of a PNG's data URL. */
function pngSize(url: string): readonly [number, number] | undefined {
  try {
    const head = atob(url.slice(url.indexOf(',') + 1).slice(0, 32));
    const view = new DataView(Uint8Array.from(head, (character) => character.charCodeAt(0)).buffer);
    const [width, height] = [view.getUint32(16), view.getUint32(20)];
    return width > 0 && height > 0 && width < 20_000 && height < 20_000 ? [width, height] : undefined;
  } catch {
    return undefined;
  }
}

/** Characters and lines of a text that are shown before a reader asks for the rest. */
const SHOWN = { characters: 50_000, lines: 600 };

function longText(text: string, kind: string): HTMLElement {
  const shown = text.slice(0, SHOWN.characters).split('\n').slice(0, SHOWN.lines).join('\n');
  const pre = element('pre', { class: `text ${kind}`, tabindex: 0 }, ansiText(shown));
  if (shown.length === text.length) return pre;
  const more = element(
    'button',
    { type: 'button', class: 'link-button' },
    `Show all ${text.length.toLocaleString('en')} characters`,
  );
  const box = element('div', {}, pre, more);
  more.addEventListener('click', () => {
    pre.replaceChildren(ansiText(text));
    more.remove();
  });
  return box;
}
