import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partAddress } from '../../src/viewer/run-link.ts';
import { CHROMIUM, useChromium } from './chromium.ts';
import { CELLS, FAILED } from './sample-batch.ts';
import { aRun, sampleReport } from './sample-report.ts';

const PAGES = ['report.html', 'report-2.html'];
const RUNS = [aRun({ cells_: CELLS }), FAILED];
const LINKS = [{ label: 'Workflow run', url: 'https://github.com/o/r/actions/runs/5' }];

async function partOf(page: number): Promise<string> {
  return await sampleReport(RUNS, { part: { pages: PAGES, pageOf: [0, 1], page }, links: LINKS });
}

describe.skipIf(CHROMIUM === undefined)('a report in several files', { timeout: 60_000 }, () => {
  const open = useChromium();

  it('leads from one file to the other where they are in one folder', async () => {
    await using report = await open(await partOf(0), { besides: { 'report-2.html': await partOf(1) } });
    const { page } = report;
    await page.getByRole('link', { name: 'broken', exact: true }).click();
    await page.waitForURL(/\/report-2\.html#run=broken$/);
    await page.locator('.cell.failing').waitFor();
    await page.getByRole('link', { name: 'All runs' }).first().click();
    await page.getByRole('link', { name: 'bank', exact: true }).click();
    await page.waitForURL(/\/report\.html#run=bank$/);
    await page.locator('.cell').first().waitFor();
  });

  it('names the file of a run that is elsewhere, with what is known of the run', async () => {
    await using report = await open(await partOf(0), { hash: '#run=broken' });
    const { page } = report;
    expect(await page.locator('.error-box h2').innerText()).toBe('ZeroDivisionError');
    expect(await page.locator('.run .blank').innerText()).toBe(
      'This report is in several files. The notebook of this run is in report-2.html. The link works where the files are in one folder.',
    );
    expect(await page.locator('.run .blank a').getAttribute('href')).toBe('report-2.html#run=broken');
  });

  it('follows the names that GitHub gives to files that are downloaded', async () => {
    await using report = await open(await partOf(0));
    const { page, path } = report;
    const renamed = join(dirname(path), 'notebooks-report.html');
    await rename(path, renamed);
    await page.goto(`file://${renamed}#run=broken`);
    expect(await page.locator('.run .blank a').getAttribute('href')).toBe(
      'notebooks-report-2.html#run=broken',
    );
  });

  it('offers no link that leads nowhere when the file was opened from an address of its own', async () => {
    const body = await partOf(0);
    await using report = await open(body);
    const { page } = report;
    await page.route('https://storage.example/**', (route) =>
      route.fulfill({ body, contentType: 'text/html; charset=utf-8' }),
    );
    await page.goto('https://storage.example/artifacts/5f3a.html?sig=abc');
    await page.getByRole('link', { name: 'broken', exact: true }).click();
    await page.getByRole('heading', { name: 'broken' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/artifacts/5f3a.html');
    expect(await page.locator('.run .blank').innerText()).toBe(
      'This report is in several files. The notebook of this run is in report-2.html, which is no neighbour of this address. On GitHub it is an artifact of its own, on the page of the workflow run, under a name that ends like this one.',
    );
    expect(
      await page.locator('.run .blank a').evaluateAll((all) => all.map((link) => link.getAttribute('href'))),
    ).toEqual([LINKS[0]?.url]);
  });
});

describe('the address of another part', () => {
  it.each([
    ['/home/me/report.html', '', 'report-2.html'],
    ['/downloads/notebooks-report.html', '', 'notebooks-report-2.html'],
    ['/downloads/notebooks-report%20(1).html', '', undefined],
    ['/artifacts/5f3a.html', '', undefined],
    ['/artifacts/report.html', '?sig=abc', undefined],
  ])('seen from %s%s', (pathname, search, expected) => {
    expect(partAddress({ pages: PAGES, page: 0 }, 1, { pathname, search })).toBe(expected);
  });

  it('may hold any character', () => {
    const pages = ['a b.html', 'a b-2.html'];
    expect(partAddress({ pages, page: 0 }, 1, { pathname: '/x/a%20b.html', search: '' })).toBe(
      'a%20b-2.html',
    );
  });
});
