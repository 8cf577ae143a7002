import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, useChromium } from './chromium.ts';
import { FAILED, MIXED, PLOT, sweep } from './sample-batch.ts';
import { notebookText, sampleReport } from './sample-report.ts';

describe.skipIf(CHROMIUM === undefined)('the report in a browser', { timeout: 60_000 }, () => {
  const open = useChromium();

  it('says the verdict, and shows failures first with their errors', async () => {
    await using report = await open(await sampleReport(MIXED));
    const { page } = report;
    expect(await page.title()).toBe('1 of 2 runs did not pass');
    expect(await page.locator('h1').innerText()).toContain('1 of 2 runs did not pass');
    expect(await names(page)).toEqual(['broken', 'bank', 'left out']);
    expect(await page.locator('.error-line').innerText()).toBe('ZeroDivisionError: division by zero');
    expect(await report.incidents()).toEqual([]);
  });

  it('sorts by a parameter as a number, the other way round, and back', async () => {
    await using report = await open(await sampleReport(sweep()));
    const { page } = report;
    const sort = page.getByRole('columnheader', { name: 'alpha' }).getByRole('button');
    const planned = await names(page);
    await sort.click();
    expect(await names(page)).toEqual([
      'train 1.0 1',
      'train 1.0 2',
      'train 10.0 1',
      'train 10.0 2',
      'train 100.0 1',
      'train 100.0 2',
    ]);
    expect(await page.getByRole('columnheader', { name: 'alpha' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    await sort.click();
    expect((await names(page))[0]).toBe('train 100.0 1');
    await sort.click();
    expect(await names(page)).toEqual(planned);
  });

  it('filters by words, by status and by a parameter, all at once', async () => {
    await using report = await open(await sampleReport([...sweep(), FAILED]));
    const { page } = report;
    await page.keyboard.press('/');
    await page.keyboard.type('TRAIN degree=2');
    expect(await names(page)).toEqual(['train 10.0 2', 'train 1.0 2', 'train 100.0 2']);
    await page.getByLabel('alpha', { exact: true }).selectOption('1.0');
    expect(await names(page)).toEqual(['train 1.0 2']);
    await page.getByLabel('Status').selectOption('failed');
    expect(await names(page)).toEqual([]);
    expect(await page.locator('.count').innerText()).toBe('0 of 7 runs');
  });

  it('keeps the filter while a run is read', async () => {
    await using report = await open(await sampleReport(sweep()));
    const { page } = report;
    await page.getByLabel('Filter runs').fill('train 1.0 2');
    await page.getByRole('link', { name: 'train 1.0 2', exact: true }).click();
    await page.getByRole('heading', { name: 'train 1.0 2' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.runs').waitFor();
    expect(await names(page)).toEqual(['train 1.0 2']);
  });

  it('shows a notebook with its math, prompts, times, colours, parameters and plot', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=bank' });
    const { page } = report;
    expect(await page.locator('.foreign mfrac').count()).toBe(1);
    expect(await page.locator('.foreign td').allInnerTexts()).toEqual(['1', '2']);
    expect(await page.locator('.prompt a').allInnerTexts()).toEqual(['#', '[1]:', '[2]:', '[3]:', '[4]:']);
    expect(await page.locator('.cell.injected .cell-mark').innerText()).toBe('Parameters of this run');
    expect(await page.locator('[data-cell="3"] .took').innerText()).toBe('1.2 s');
    expect(await page.locator('.output .ansi-red-fg').innerText()).toBe('hello');
    expect(await page.locator('.code .hljs-string').first().innerText()).toBe('"hello"');
    expect(await page.locator('.output img').getAttribute('src')).toBe(`data:image/png;base64,${PLOT}`);
    expect(await page.locator('.parameters').innerText()).toBe('alpha\n2.0');
  });

  it('opens a failing run at the failing cell', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=broken' });
    const { page } = report;
    await expect.poll(() => isInView(page, '.cell.failing .traceback')).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('41');
    expect(await page.locator('.cell.failing .ansi-red-fg').innerText()).toBe('ZeroDivisionError');
  });

  it('goes to the cell of an address: by its number, and by "failed"', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=broken&cell=20' });
    const { page } = report;
    await expect.poll(() => isInView(page, '[data-cell="20"]')).toBe(true);
    await page.evaluate(() => (location.hash = '#run=broken&cell=failed'));
    await expect.poll(() => isInView(page, '[data-cell="41"]')).toBe(true);
  });

  it('goes from cell to cell and from run to run by keys', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=bank' });
    const { page } = report;
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-cell'));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused()).toBe('1');
    await page.keyboard.press('k');
    expect(await focused()).toBe('@1');
    await page.keyboard.press(']');
    await page.getByRole('heading', { name: 'broken' }).waitFor();
    await page.keyboard.press('[');
    await page.getByRole('heading', { name: 'bank Passed' }).waitFor();
  });

  it('folds all sources but that of the failing cell', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=broken' });
    const { page } = report;
    await page.getByRole('button', { name: 'Hide sources' }).click();
    expect(await page.locator('.code:visible').allInnerTexts()).toEqual(['1 / 0']);
    await page.getByRole('button', { name: 'Hide sources' }).click();
    expect(await page.locator('.code:visible').count()).toBe(42);
  });

  it('gives the executed notebook back to the letter', async () => {
    await using report = await open(await sampleReport(MIXED), { hash: '#run=bank' });
    const downloading = report.page.waitForEvent('download');
    await report.page.getByRole('button', { name: 'Download .ipynb' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('bank.ipynb');
    expect(readFileSync(await download.path(), 'utf8')).toBe(notebookText(MIXED[0]));
  });

  it('compares a sweep: numbers in a table, plots in a plane, text as a difference', async () => {
    await using report = await open(await sampleReport(sweep()));
    const { page } = report;
    await page.getByRole('link', { name: /Compare 6 runs of train.ipynb/ }).click();
    await page.locator('.compare').waitFor();
    expect(await page.locator('.numbers tr').allInnerTexts()).toEqual([
      'alpha\tdegree\terror',
      '1.0\t1\t1',
      '1.0\t2\t2',
      '10.0\t1\t10',
      '10.0\t2\t20',
      '100.0\t1\t100',
      '100.0\t2\t200',
    ]);
    expect(await page.locator('.plane figcaption').allInnerTexts()).toEqual([
      'alpha 1.0 · degree 1',
      'alpha 1.0 · degree 2',
      'alpha 10.0 · degree 1',
      'alpha 10.0 · degree 2',
      'alpha 100.0 · degree 1',
      'alpha 100.0 · degree 2',
    ]);
    expect(await page.locator('.diff').first().innerText()).toBe(
      '  first\n− one line\n+ other line\n  last\n',
    );
    expect(await page.locator('.same summary').innerText()).toBe('The same in all 6 runs');
    await page.getByLabel('Ordered by').selectOption('degree');
    expect((await page.locator('.numbers tr').allInnerTexts())[1]).toBe('1\t1.0\t1');
  });

  it('compares the runs that were chosen in the table', async () => {
    await using report = await open(await sampleReport(sweep()));
    const { page } = report;
    await page.getByLabel('Compare train 1.0 1').check();
    await page.getByLabel('Compare train 10.0 2').check();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    await page.getByRole('heading', { name: '2 runs compared' }).waitFor();
    expect(await page.locator('.numbers tbody tr').count()).toBe(2);
  });

  it('draws when which run was at work, each bar a link', async () => {
    await using report = await open(await sampleReport(MIXED));
    const bars = report.page.locator('.timeline .bar');
    expect(await bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-label')))).toEqual([
      'bank, 2.0 s',
      'broken, 2.0 s',
    ]);
    await bars.nth(1).click();
    await report.page.getByRole('heading', { name: 'broken' }).waitFor();
  });

  it('decodes a thumbnail of the last plot', async () => {
    await using report = await open(await sampleReport(MIXED));
    await expect.poll(() => report.page.locator('.plot img').getAttribute('src')).toMatch(/^blob:/);
  });

  it('is readable without script: runs and errors', async () => {
    await using report = await open(await sampleReport(MIXED), { script: false });
    expect(await report.page.locator('h1').innerText()).toBe('1 of 2 runs did not pass');
    expect(await report.page.locator('tbody th').allInnerTexts()).toEqual(['bank', 'broken', 'left out']);
    expect(await report.page.locator('pre').innerText()).toBe('plain');
  });
});

async function names(page: Page): Promise<string[]> {
  return await page.locator('.runs tbody th > a:first-child').allInnerTexts();
}

async function isInView(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox();
  return box !== null && box.y >= 0 && box.y < 900;
}
