import { element } from './element.ts';

/** Built from frame-main.ts; the page's policy names its hash. */
declare const FRAME_SCRIPT: string;

/** One output that wants to run a script. */
export interface ScriptedOutput {
  readonly kind: 'html' | 'javascript';
  readonly text: string;
  /** Seen although it stands before the output itself. */
  readonly isShown?: boolean;
}

/** What a frame tells about itself. Foreign: to be checked. */
interface FrameMessage {
  readonly height?: unknown;
  readonly refused?: unknown;
}

const HIGHEST = 4_000;

/**
 * A frame of opaque origin in which an output may run its scripts: it can read nothing of this page or of another
 * notebook, open no window, send no form, and load nothing from the network. `before` are the scripts that the
 * notebook ran earlier (a library that an output needs), `output` is what is seen.
 */
export function sandboxFrame(before: readonly ScriptedOutput[], output: ScriptedOutput): HTMLElement {
  const frame = element('iframe', {
    class: 'sandbox',
    sandbox: 'allow-scripts',
    referrerpolicy: 'no-referrer',
    title: 'Interactive output, in a sealed frame',
  });
  const note = element('p', { class: 'note', role: 'status', hidden: true });
  const data = JSON.stringify({ before, output }).replace(/[<>&\u2028\u2029]/g, escapeCode);
  frame.setAttribute('srcdoc', trusted.createHTML(page(data)) as string);
  window.addEventListener('message', function receive(event: MessageEvent<FrameMessage | null>) {
    if (!frame.isConnected && frame.contentWindow === null) {
      window.removeEventListener('message', receive);
      return;
    }
    if (event.source !== frame.contentWindow || frame.contentWindow === null) return;
    const { height, refused } = event.data ?? {};
    if (typeof height === 'number' && height > 0)
      frame.style.height = `${Math.min(HIGHEST, Math.ceil(height))}px`;
    const hosts = hostsIn(refused);
    if (hosts.length === 0) return;
    note.hidden = false;
    note.textContent = `This output loads from ${hosts.join(', ')}, and a report loads nothing. To see it here, save it with its library inside (plotly: the renderer "notebook"; bokeh: output_notebook(INLINE); altair: chart.to_html(inline=True)) or as a picture.`;
  });
  return element('div', { class: 'sandbox-box' }, frame, note);
}

/** Names of hosts, as a frame says that it asked for them. */
function hostsIn(refused: unknown): readonly string[] {
  if (!Array.isArray(refused)) return [];
  return refused
    .filter((host): host is string => typeof host === 'string' && /^[\w.:-]{1,100}$/.test(host))
    .slice(0, 5);
}

/** A second policy beside the one that the frame inherits: both must agree before anything loads. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'";

function page(data: string): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta http-equiv="x-dns-prefetch-control" content="off"><title>Output</title>',
    '<style>html{background:#fff;color:#1f2328;color-scheme:light;font:14px system-ui,sans-serif}body{margin:8px}</style>',
    `</head><body><script type="application/json" id="outputs">${data}</script><script>${FRAME_SCRIPT}</script></body></html>`,
  ].join('');
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const trusted = window.trustedTypes?.createPolicy('frame', { createHTML: (html) => html }) ?? {
  createHTML: (html: string): unknown => html,
};
