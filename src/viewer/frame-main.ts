/** Runs inside the sealed frame of one interactive output, and nowhere else. Everything here is the notebook's. */
interface FrameOutput {
  readonly kind: 'html' | 'javascript';
  readonly text: string;
  readonly isShown?: boolean;
}

// The one way to the network that no policy closes in every browser.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport']) {
  Reflect.deleteProperty(window, name);
}

// The page's policy wants trusted types; inside this frame everything may run.
const pass = (text: string): string => text;
(
  window as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown };
  }
).trustedTypes?.createPolicy('default', { createHTML: pass, createScript: pass, createScriptURL: pass });

const tell = (message: object): void => window.parent.postMessage(message, '*');

let current: HTMLScriptElement | null = null;
// Scripts find their place in the page by it, and inline scripts would be refused by the page's policy.
Object.defineProperty(document, 'currentScript', { get: () => current, configurable: true });

const refused = new Set<string>();
document.addEventListener('securitypolicyviolation', ({ blockedURI }) => note(blockedURI));
/** Whether one of the scripts ended in an error. */
let hasFailed = false;

/** Time that a drawing may take before it counts as missing. */
const DRAWN_AFTER_MS = 1_500;

const { before, output } = JSON.parse(document.getElementById('outputs')?.textContent ?? '') as {
  before: FrameOutput[];
  output: FrameOutput;
};
for (const earlier of before) show(earlier, earlier.isShown !== true);
show(output, false);
// Much is asked for and not needed, a font or a typesetter of formulas: it is told when nothing is to be seen.
window.setTimeout(() => {
  if (refused.size > 0 && (hasFailed || !hasDrawn())) tell({ refused: [...refused] });
}, DRAWN_AFTER_MS);
new ResizeObserver(() => tell({ height: document.documentElement.offsetHeight + 2 })).observe(
  document.documentElement,
);

function note(address: string): void {
  if (/^(?:https?|wss?):/.test(address) && URL.canParse(address)) refused.add(new URL(address).host);
}

function hasDrawn(): boolean {
  return [...document.querySelectorAll('*')].some((node) => {
    if (node.shadowRoot !== null) return true;
    if (node instanceof HTMLImageElement && node.naturalWidth === 0) return false;
    return /^(?:svg|canvas|img|table|video)$/.test(node.localName) && node.getClientRects().length > 0;
  });
}

function show({ kind, text }: FrameOutput, isHidden: boolean): void {
  const place = document.createElement('div');
  place.hidden = isHidden;
  document.body.append(place);
  if (kind === 'javascript') {
    run(text, null, place);
    return;
  }
  place.innerHTML = text;
  for (const node of place.querySelectorAll('*')) adoptHandlers(node);
  for (const script of place.querySelectorAll('script')) {
    if (script.src !== '') note(script.src);
    else if (script.type === 'module') {
      // A module cannot be evaluated; what it imports could not be loaded.
      for (const [, address = ''] of script.text.matchAll(/["'](https?:[^"']+)["']/g)) note(address);
    } else if (/^$|javascript/i.test(script.type)) run(script.text, script, place);
  }
}

function run(code: string, script: HTMLScriptElement | null, place: HTMLElement): void {
  current = script;
  Object.assign(window, { element: place });
  try {
    // Indirect: the code sees the frame's globals and none of this script's names.
    (0, eval)(code);
  } catch (error) {
    hasFailed = true;
    const line = document.createElement('pre');
    line.style.color = '#cf222e';
    line.textContent = String(error);
    place.append(line);
  }
  current = null;
}

/** `onclick="…"` would be refused by the page's policy. */
function adoptHandlers(node: Element): void {
  for (const name of node.getAttributeNames()) {
    if (!name.startsWith('on')) continue;
    const code = node.getAttribute(name) ?? '';
    node.removeAttribute(name);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    node.addEventListener(name.slice(2), new Function('event', code) as EventListener);
  }
}
