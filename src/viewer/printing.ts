/** What is opened for one print; a tree of JSON with more than this is no reading for paper. */
const MOST_OPENED = 5_000;

/** Paper cannot be clicked: while the page is printed nothing of it is folded, but for sources that the reader has hidden. */
export function unfoldForPrint(): void {
  const opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    const main = document.querySelector('main');
    if (main === null) return;
    for (const left = { count: MOST_OPENED }; left.count > 0 && openOnce(main, opened, left););
  });
  window.addEventListener('afterprint', () => {
    for (const details of opened.splice(0)) details.open = false;
  });
}

/** Opens what can be seen to be folded. True when there was something: it may hold more of the kind. */
function openOnce(main: HTMLElement, opened: HTMLDetailsElement[], left: { count: number }): boolean {
  const before = left.count;
  const roots = [
    main,
    ...[...main.querySelectorAll('.foreign-host')].flatMap((host) => host.shadowRoot ?? []),
  ];
  for (const root of roots) {
    for (const more of root.querySelectorAll<HTMLElement>('button.link-button')) {
      if (left.count-- <= 0) return false;
      more.click();
    }
    for (const details of root.querySelectorAll<HTMLDetailsElement>('details:not([open], .choose)')) {
      if (details.matches('.report-mode .source')) continue;
      if (left.count-- <= 0) return false;
      details.open = true;
      // Browsers tell of it later, and a tree of JSON is only made then.
      details.dispatchEvent(new Event('toggle'));
      opened.push(details);
    }
  }
  return left.count < before;
}
