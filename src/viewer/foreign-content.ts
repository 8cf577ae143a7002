import { element } from './element.ts';
import { sanitise } from './sanitise.ts';
import { FOREIGN_CSS } from './foreign-css.ts';

/**
 * HTML of a notebook, made harmless, in a shadow root inside a box that clips it: its styles, ids and classes reach
 * nothing of the page, and whatever is positioned stays in the box.
 */
export function foreignContent(html: string, kind: 'markdown' | 'html' | 'latex'): HTMLElement {
  const host = element('div', { class: 'foreign-host' });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [stylesheet()];
  const content = element('div', { class: `foreign ${kind}` });
  content.append(sanitise(html));
  for (const table of content.querySelectorAll('table')) {
    // pandas leaves the header of its index empty.
    for (const header of table.querySelectorAll('th'))
      if (header.textContent === '') header.ariaHidden = 'true';
  }
  root.append(content);
  root.addEventListener('click', followInside);
  return element('div', { class: 'foreign-box' }, host);
}

/** A link to a place in the notebook scrolls there; it must not be taken for one of the report's own addresses. */
function followInside(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (link === null) return;
  event.preventDefault();
  const id = decoded(link.getAttribute('href')?.slice(1) ?? '');
  for (const host of document.querySelectorAll('.foreign-host')) {
    for (const target of host.shadowRoot?.querySelectorAll('[id]') ?? []) {
      if (target.id !== id) continue;
      target.scrollIntoView();
      return;
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

let shared: CSSStyleSheet | undefined;

function stylesheet(): CSSStyleSheet {
  if (shared === undefined) {
    shared = new CSSStyleSheet();
    shared.replaceSync(FOREIGN_CSS);
  }
  return shared;
}
