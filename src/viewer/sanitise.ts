import createPurifier from 'dompurify';

/** Tags, beyond what the profile leaves out, that only an application needs. */
const FORBIDDEN_TAGS = [
  'form',
  'textarea',
  'select',
  'button',
  'dialog',
  'audio',
  'video',
  'source',
  'picture',
  'template',
  'slot',
];
const FORBIDDEN_ATTRIBUTES = [
  'action',
  'autofocus',
  'background',
  'name',
  'ping',
  'srcset',
  'target',
  'popover',
];
const CHOICES = ['checkbox', 'radio'];

/** What a link or an image of a notebook may point to: the web (after a click), a place in itself, or itself. */
const ADDRESS = /^(?:https?:|mailto:|#|data:image\/)/i;

const purifier = createPurifier();
purifier.addHook('uponSanitizeElement', (node) => {
  // A sealed table may fold its rows with check boxes; nothing else can be typed into.
  if (node instanceof HTMLInputElement && !CHOICES.includes(node.type)) node.remove();
});
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.localName !== 'a' || !node.hasAttribute('href')) return;
  if (node.getAttribute('href')?.startsWith('#') === true) return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer nofollow');
});

/**
 * HTML that a notebook wrote, as a fragment that cannot run anything, load anything, or change the page around it (it
 * belongs into a shadow root, for its styles). Rules as JupyterLab's for notebooks that are not trusted, except that
 * styles stay; drawings become images, frames and remote images links.
 */
export function sanitise(html: string): DocumentFragment {
  const body = inertDocument(html).body;
  for (const drawing of body.querySelectorAll('svg')) {
    if (drawing.parentElement?.closest('svg') === null) drawing.replaceWith(drawingImage(drawing));
  }
  for (const frame of body.querySelectorAll('iframe, embed, object')) {
    frame.replaceWith(link(frame.getAttribute('src') ?? frame.getAttribute('data') ?? '', 'Embedded page'));
  }
  for (const image of body.querySelectorAll('img')) {
    const address = image.getAttribute('src') ?? '';
    if (!/^data:image\//i.test(address)) {
      image.replaceWith(link(address, `Image${image.alt === '' ? '' : ` “${image.alt}”`}`));
    } else if (!image.hasAttribute('alt')) image.alt = 'Image of the notebook';
  }
  return purifier.sanitize(body.innerHTML, {
    USE_PROFILES: { html: true, mathMl: true },
    FORBID_TAGS: FORBIDDEN_TAGS,
    FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
    ADD_ATTR: ['target'],
    ALLOWED_URI_REGEXP: ADDRESS,
    ALLOW_DATA_ATTR: false,
    ALLOW_UNKNOWN_PROTOCOLS: false,
    FORCE_BODY: true,
    RETURN_DOM_FRAGMENT: true,
  });
}

/** True when the HTML would do something if its scripts ran. */
export function hasScript(html: string): boolean {
  if (!/<script|\son\w+\s*=/i.test(html)) return false;
  const { body } = inertDocument(html);
  for (const script of body.querySelectorAll('script'))
    if (/^$|javascript|module/i.test(script.type)) return true;
  return [...body.querySelectorAll('*')].some((node) =>
    node.getAttributeNames().some((name) => name.startsWith('on')),
  );
}

/** True when the HTML is nothing but scripts and styles. */
export function showsNothing(html: string): boolean {
  const { body } = inertDocument(html);
  for (const hidden of body.querySelectorAll('script, style, link, meta, title')) hidden.remove();
  return body.childElementCount === 0 && !/\S/.test(body.textContent);
}

/** Documents of this parser have no browsing context: nothing in them runs or loads. */
function inertDocument(html: string): Document {
  const markup = `<!doctype html><body>${html}`;
  return new DOMParser().parseFromString(trusted.createHTML(markup) as string, 'text/html');
}

interface HtmlPolicy {
  createHTML(html: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): HtmlPolicy;
}
declare global {
  interface Window {
    // https://www.w3.org/TR/trusted-types/ ; not in every browser, not yet in TypeScript's library.
    readonly trustedTypes?: PolicyFactory;
  }
}

/** For documents without a browsing context only. The page's policy allows this name, and no second policy of it. */
const trusted: HtmlPolicy = window.trustedTypes?.createPolicy('inert', { createHTML: (html) => html }) ?? {
  createHTML: (html: string) => html,
};

/** An image cannot run scripts nor load anything: the safest way to show a drawing of somebody else. */
export function drawingImage(drawing: Element | string): HTMLImageElement {
  const image = new Image();
  let markup: string;
  if (typeof drawing === 'string') markup = drawing;
  else {
    image.alt = drawing.querySelector('title')?.textContent ?? 'Drawing of the notebook';
    markup = new XMLSerializer().serializeToString(drawing);
  }
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
  return image;
}

function link(address: string, text: string): HTMLElement | Text {
  if (!/^https?:/i.test(address)) return document.createTextNode(`[${text}]`);
  const made = document.createElement('a');
  made.href = address;
  made.textContent = `${text}: ${address}`;
  return made;
}
