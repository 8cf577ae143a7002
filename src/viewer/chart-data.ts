import { element } from './element.ts';
import { jsonTree } from './json-tree.ts';

/** How the author gets a figure into the notebook itself. */
const LIBRARIES = {
  plotly: {
    name: 'Plotly',
    cure: [
      ['plotly.io.renderers.default = "notebook"', ' keeps it interactive, '],
      ['"png"', ' keeps a picture.'],
    ],
  },
  vega: {
    name: 'Vega',
    cure: [
      ['HTML(chart.to_html(inline=True))', ' keeps it interactive, '],
      ['alt.renderers.enable("png")', ' keeps a picture.'],
    ],
  },
} as const;

/** A figure of which the notebook holds the data only: JupyterLab has the library that draws it, this page has not. */
export function chartData(type: string, content: unknown): HTMLElement {
  const { name, cure } = LIBRARIES[type.includes('plotly') ? 'plotly' : 'vega'];
  const title = titleOf(content);
  return element(
    'div',
    { class: 'interactive' },
    element('p', {}, element('strong', {}, `${name} figure${title === undefined ? '' : ` “${title}”`}`)),
    element(
      'p',
      { class: 'note' },
      'The notebook holds its data, but neither a picture nor the library that draws it, and a report loads nothing. ',
      cure.map(([code, meaning]) => [element('code', {}, code), meaning]),
    ),
    element('details', {}, element('summary', {}, 'Data'), jsonTree(content)),
  );
}

function titleOf(content: unknown): string | undefined {
  const title = member(content, 'title') ?? member(member(content, 'layout'), 'title');
  const text = typeof title === 'string' ? title : member(title, 'text');
  return typeof text === 'string' && text !== '' ? text.slice(0, 200) : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
