import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, useChromium } from './chromium.ts';
import { MIXED, sweep } from './sample-batch.ts';
import { aRun, code, display, markdown, sampleReport } from './sample-report.ts';

const WIDE = Array.from({ length: 80 }, (_, index) => `column-${index}`).join(' ');
const LONG = Array.from({ length: 900 }, (_, index) => `line ${index}`).join('\n');

/** Everything that a screen folds, scrolls or shortens. */
const FOLDED = aRun({
  name: 'folded',
  status: 'failed',
  error: {
    ename: 'ValueError',
    evalue: `${'long\n'.repeat(60)}end of the error`,
    traceback: '',
    cellIndex: 0,
    executionCount: null,
    file: 'n.ipynb',
    line: 1,
  },
  cells_: [
    code(`print("${WIDE}")`, [{ output_type: 'stream', name: 'stdout', text: `${WIDE}\n` }]),
    code('hidden_by_its_author()', [], { metadata: { jupyter: { source_hidden: true } } }),
    code('long()', [display({ 'text/plain': `${LONG}\n${WIDE}` })]),
    code('deep()', [display({ 'application/json': { a: { b: { c: { d: ['deepest of all'] } } } } })]),
    code('html()', [
      display({ 'text/html': `<details><summary>More</summary>unfolded text</details><pre>${WIDE}</pre>` }),
    ]),
    code('chart()', [display({ 'text/html': '<div id="c"></div><script>draw("c")</script>' })]),
    markdown(`# Title\n\n\`\`\`\n${WIDE}\n\`\`\``),
    ...Array.from({ length: 160 }, (_, index) => code(`step(${index})`)),
  ],
});

/** CSS pixels between the margins of A4. */
const PAPER = { width: 718, height: 1047 };

describe.skipIf(CHROMIUM === undefined)('a printed report', { timeout: 60_000 }, () => {
  const open = useChromium();

  it('has all of a run: nothing folded, nothing cut off', async () => {
    await using report = await open(await sampleReport([FOLDED]), { hash: '#run=folded' });
    const { page } = report;
    await page.locator('.cell').nth(166).waitFor();
    await onPaper(page);
    const text = await page.locator('main').evaluate(shownText);
    const parts = [
      'end of the error',
      'hidden_by_its_author',
      'line 899',
      'deepest of all',
      'unfolded text',
      'An interactive output: it starts in the browser.',
      'step(159)',
    ];
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
  });

  it('folds again what was folded', async () => {
    await using report = await open(await sampleReport([FOLDED]), { hash: '#run=folded' });
    const { page } = report;
    const closed = () => page.locator('main details:not([open], details:not([open]) *)').count();
    await page.locator('.cell').nth(166).waitFor();
    const before = await closed();
    await page.pdf({ format: 'A4' });
    await expect.poll(closed).toBe(before);
    expect(before).toBeGreaterThan(1);
  });

  it('leaves out the sources when they are hidden', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=broken' });
    const { page } = report;
    await page.getByRole('button', { name: 'Hide sources' }).click();
    await onPaper(page);
    expect(await page.locator('.source:visible').allInnerTexts()).toEqual(['1 / 0']);
  });

  for (const hash of ['', '#run=bank', '#run=folded', '#sweep=notebooks/train.ipynb']) {
    it(`has no controls and is black on white at "${hash}", also where the screen is dark`, async () => {
      const html = await sampleReport([...MIXED, ...sweep(), FOLDED]);
      await using report = await open(html, { hash, scheme: 'dark' });
      const { page } = report;
      await page.locator('h1').first().waitFor();
      await onPaper(page);
      const controls = 'input, select, summary, .button, .link-button, .skip, footer';
      expect(await page.locator(controls).evaluateAll(ownControls)).toEqual([]);
      expect(
        await page.evaluate(() => {
          const { color, backgroundColor } = getComputedStyle(document.body);
          return [color, backgroundColor];
        }),
      ).toEqual(['rgb(31, 35, 40)', 'rgb(255, 255, 255)']);
      expect(await cutOff(page)).toEqual([]);
    });
  }

  it('becomes pages', async () => {
    await using report = await open(await sampleReport([FOLDED]), { hash: '#run=folded' });
    const { page } = report;
    await page.locator('.cell').nth(166).waitFor();
    await page.evaluate(() => {
      window.addEventListener('beforeprint', () => {
        const folded = document.querySelectorAll('main details:not([open])').length;
        document.documentElement.dataset['folded'] = String(folded);
      });
    });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.evaluate(() => document.documentElement.dataset['folded'])).toBe('0');
  });
});

/** Those of the page that are seen: what a notebook's own HTML folds has a heading, and so has a tree of JSON. */
function ownControls(all: readonly Element[]): string[] {
  return all
    .filter(
      (one) => one.checkVisibility() && one.getRootNode() === document && !one.matches('.json > summary'),
    )
    .map((one) => one.outerHTML.slice(0, 100));
}

/** The page as the printer gets it. */
async function onPaper(page: Page): Promise<void> {
  await page.setViewportSize(PAPER);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
}

/** What is seen, shadow roots and generated content included. */
function shownText(root: Element): string {
  const texts: string[] = [];
  const read = (node: Element | ShadowRoot): void => {
    if (node instanceof Element) {
      if (!node.checkVisibility({ contentVisibilityAuto: true })) return;
      if (node.shadowRoot !== null) read(node.shadowRoot);
    }
    for (const child of node.childNodes) {
      if (child instanceof Element) read(child);
      else texts.push(child.textContent ?? '');
    }
    const { content } = getComputedStyle(node instanceof Element ? node : node.host, '::after');
    if (content !== 'none') texts.push(content);
  };
  read(root);
  return texts.join('');
}

/** Elements that would show more if one could scroll, or that leave the paper. */
async function cutOff(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((node) => [
        node,
        ...(node.shadowRoot === null ? [] : all(node.shadowRoot)),
      ]);
    return all(document.querySelector('main') ?? document)
      .filter((node) => node instanceof HTMLElement && node.checkVisibility())
      .filter((node) => {
        const { overflowX, overflowY, maxHeight, position } = getComputedStyle(node);
        if (position === 'absolute') return false; // text for screen readers
        const isClipped =
          (overflowX !== 'visible' && node.scrollWidth > node.clientWidth + 1) ||
          ((overflowY !== 'visible' || maxHeight !== 'none') && node.scrollHeight > node.clientHeight + 1);
        return isClipped || node.getBoundingClientRect().right > window.innerWidth + 1;
      })
      .map((node) => `${node.tagName} ${node.className}`);
  });
}
