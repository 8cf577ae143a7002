/** Keys that work everywhere but in fields. Each has a visible control that does the same. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (isField && event.key !== 'Escape') return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    if (isField) target.blur();
    else if (act()) event.preventDefault();
  });
}

/** True when there was something to do. */
const KEYS: Readonly<Record<string, () => boolean>> = {
  '/': () => focus(document.querySelector('.search')),
  j: () => step(1),
  k: () => step(-1),
  '[': () => follow('a[rel=prev]'),
  ']': () => follow('a[rel=next]'),
  Escape: () => follow('.crumbs a'),
};

function focus(found: HTMLElement | null): boolean {
  found?.focus();
  return found !== null;
}

function follow(selector: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(selector);
  link?.click();
  return link !== null;
}

function step(by: number): boolean {
  const cells = [...document.querySelectorAll<HTMLElement>('.cell, .compared')];
  const current = cells.findIndex((cell) => cell.contains(document.activeElement));
  const next = cells[current === -1 ? 0 : current + by];
  next?.scrollIntoView({ block: 'start' });
  next?.focus({ preventScroll: true });
  return next !== undefined;
}
