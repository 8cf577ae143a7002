import { element } from './element.ts';

/** Members shown of one object or list before a reader asks for more. */
const SHOWN = 100;

/** JSON as a tree that folds; the first two levels are open when they are small. */
export function jsonTree(value: unknown, depth = 0): HTMLElement {
  if (typeof value !== 'object' || value === null) return leaf(value);
  const isList = Array.isArray(value);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const size = isList ? `[${entries.length}]` : `{${entries.length}}`;
  if (entries.length === 0) return element('span', { class: 'json-empty' }, isList ? '[]' : '{}');
  const body = element('ul', { class: 'json-members' });
  const fill = (from: number): void => {
    for (const [key, member] of entries.slice(from, from + SHOWN)) {
      body.append(
        element('li', {}, element('span', { class: 'json-key' }, key), ': ', jsonTree(member, depth + 1)),
      );
    }
    const left = entries.length - from - SHOWN;
    if (left <= 0) return;
    const more = element('button', { type: 'button', class: 'link-button' }, `${left} more`);
    const item = element('li', {}, more);
    more.addEventListener('click', () => {
      item.remove();
      fill(from + SHOWN);
    });
    body.append(item);
  };
  const isOpen = depth < 2 && entries.length <= 20;
  const details = element('details', { class: 'json', open: isOpen }, element('summary', {}, size), body);
  if (isOpen) fill(0);
  else details.addEventListener('toggle', () => fill(0), { once: true });
  return details;
}

function leaf(value: unknown): HTMLElement {
  const kind = value === null ? 'null' : typeof value;
  return element('span', { class: `json-${kind}` }, JSON.stringify(value));
}
