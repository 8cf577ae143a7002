import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { CHROMIUM, type OpenedReport, useChromium } from '../viewer/chromium.ts';
import { aFolder, resultsIn, runBundle } from './bundle.ts';

const CELLS = [
  { text: '# Decay\n\nThe rate is $r = \\frac{a}{b}$.' },
  { tag: 'parameters', source: 'rate = 1.0\nsteps = 4' },
  {
    source: `import pandas as pd
%matplotlib inline
import matplotlib.pyplot as plt
frame = pd.DataFrame({"step": range(steps), "value": [100 * (1 - rate) ** n for n in range(steps)]})
frame`,
  },
  { source: 'print(f"last value: {frame.value.iloc[-1]:.3f} after {steps} steps")' },
  { source: 'frame.plot(x="step", y="value", title=f"rate {rate}")\nplt.show()' },
  { source: 'if rate > 1:\n    raise ValueError(f"a rate of {rate} does not decay")' },
  { source: 'print("done")' },
];

const FILES = {
  'nb.ipynb': {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: CELLS.map(({ text, tag, source = '' }, index) => ({
      id: `cell-${index}`,
      metadata: tag === undefined ? {} : { tags: [tag] },
      ...(text === undefined
        ? { cell_type: 'code', source, outputs: [], execution_count: null }
        : { cell_type: 'markdown', source: text }),
    })),
  },
  'configs.json': {
    decay: {
      notebook: 'nb.ipynb',
      parameters: {},
      matrix: { rate: [0.5, 0.25], steps: [4, 12] },
      output_label: 'r{rate}_s{steps}',
    },
    growth: { notebook: 'nb.ipynb', parameters: { rate: 2.5, steps: 4 }, output_label: 'growth' },
  },
};
const SWEEP = ['rate 0.25 · steps 4', 'rate 0.25 · steps 12', 'rate 0.5 · steps 4', 'rate 0.5 · steps 12'];

/** The folder of a batch that was executed once, for all tests of this file. */
let executed: Promise<string> | undefined;

async function execute(): Promise<string> {
  const folder = await aFolder(FILES);
  const { status, stderr } = await runBundle(['run', '--max-parallel', '2'], { cwd: folder });
  expect([status, stderr]).toEqual([1, '']);
  return folder;
}

describe.skipIf(CHROMIUM === undefined)('the report of an executed batch, in a browser', () => {
  const open = useChromium();

  async function opened(hash = ''): Promise<OpenedReport & { readonly folder: string }> {
    const folder = await (executed ??= execute());
    const html = readFileSync(join(folder, 'papermill_outputs/report.html'), 'utf8');
    return Object.assign(await open(html, { hash }), { folder });
  }

  it('says how it ended, the failure first, and sorts', async () => {
    await using report = await opened();
    const { page, folder } = report;
    expect(await page.title()).toBe('1 of 5 runs did not pass');
    expect((await names(page))[0]).toBe('growth');
    expect(await page.locator('.error-line').innerText()).toBe('ValueError: a rate of 2.5 does not decay');
    const { runs } = resultsIn(folder);
    const [failed, ...planned] = await names(page);
    expect(planned).toEqual(runs.map(({ name }) => name).filter((name) => name !== failed));

    await page.getByRole('button', { name: 'rate' }).click();
    expect(await column(page, 'rate')).toEqual(['0.25', '0.25', '0.5', '0.5', '2.5']);
    await page.getByRole('button', { name: 'Duration' }).click();
    await page.getByRole('button', { name: 'Duration' }).click();
    const slowestFirst = readRuns(folder).toSorted((one, other) => other.durationMs - one.durationMs);
    expect(await names(page)).toEqual(slowestFirst.map(({ name }) => name));
    expect(await report.incidents()).toEqual([]);
  });

  it('filters by words, status and a parameter', async () => {
    await using report = await opened();
    const { page } = report;
    await page.keyboard.press('/');
    await page.keyboard.type('not decay');
    expect(await names(page)).toEqual(['growth']);
    await page.getByLabel('Filter runs').fill('');
    await page.getByLabel('Status').selectOption('passed');
    await page.getByLabel('steps', { exact: true }).selectOption('12');
    expect(await column(page, 'rate')).toEqual(['0.5', '0.25']);
    expect(await page.locator('.count').innerText()).toBe('2 of 5 runs');
  });

  it('shows a small picture of the last plot, which opens the run', async () => {
    await using report = await opened();
    const { page } = report;
    const row = page.locator('.runs tbody tr', { hasText: '0.25' }).first();
    const picture = row.locator('.plot img');
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(92);
    // Paper, axes, a line, a title.
    expect(await picture.evaluate(coloursOf)).toBeGreaterThan(20);
    const name = await row.locator('th a').first().innerText();
    await picture.click();
    await page.getByRole('heading', { name }).waitFor();
  });

  it('shows the run as Jupyter does: formula, table, text, plot', async () => {
    await using report = await opened();
    const { page } = report;
    await page.locator('.runs tbody tr', { hasText: '0.25' }).first().locator('th a').first().click();
    await page.locator('.cell').first().waitFor();
    expect(await page.locator('.foreign.markdown mfrac').count()).toBe(1);
    expect(await page.locator('.foreign.html tbody tr').allInnerTexts()).toEqual([
      '0\t0\t100.0000',
      '1\t1\t75.0000',
      '2\t2\t56.2500',
      '3\t3\t42.1875',
    ]);
    expect(await page.locator('.output.stream').allInnerTexts()).toEqual([
      'last value: 42.188 after 4 steps\n',
      'done\n',
    ]);
    const plot = page.locator('.output .image img');
    await expect.poll(() => plot.evaluate((image: HTMLImageElement) => image.complete)).toBe(true);
    expect(await plot.evaluate(coloursOf)).toBeGreaterThan(20);
    expect(await page.locator('.cell.injected .code').innerText()).toContain('rate = 0.25');
    expect(await report.incidents()).toEqual([]);
  });

  it('opens the failing run at its cell, folds sources, and leads to a cell', async () => {
    await using report = await opened();
    const { page } = report;
    await page.locator('.error-line').click();
    const traceback = page.locator('.cell.failing .traceback');
    await expect.poll(() => isInView(page, '.cell.failing')).toBe(true);
    expect(await traceback.innerText()).toContain('ValueError: a rate of 2.5 does not decay');
    await page.getByRole('button', { name: 'Hide sources' }).click();
    expect(await page.locator('.code:visible').allInnerTexts()).toEqual([CELLS[5]?.source]);
    await page.getByRole('button', { name: 'Hide sources' }).click();
    expect(await page.locator('.code:visible').count()).toBe(7);

    await page.getByRole('link', { name: 'Link to Cell 4' }).click();
    const address = new URL(page.url()).hash;
    expect(address).toBe('#run=growth&cell=4');
    await using again = await opened(address);
    await expect.poll(() => isInView(again.page, '.cell.target')).toBe(true);
    expect(await again.page.locator('.cell.target .code').innerText()).toBe(CELLS[3]?.source);
  });

  it('gives out the executed notebook, as it is on disk and as nbformat wants it', async () => {
    await using report = await opened('#run=growth');
    const downloading = report.page.waitForEvent('download');
    await report.page.getByRole('button', { name: 'Download .ipynb' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('nb_growth.ipynb');
    const path = await download.path();
    const onDisk = join(report.folder, 'papermill_outputs/nb/growth/nb_growth.ipynb');
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(onDisk, 'utf8'));
    const check = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], nbformat.NO_CONVERT))';
    execFileSync(inject('python').executable, ['-c', check, path]);
  });

  it('compares the sweep, and leads back', async () => {
    await using report = await opened();
    const { page } = report;
    await page.getByLabel('Status').selectOption('passed');
    for (const box of await page.getByRole('checkbox').all()) if (await box.isVisible()) await box.check();
    await page.getByRole('link', { name: 'Compare 4 runs' }).click();
    await page.getByRole('heading', { name: '4 runs compared' }).waitFor();
    const numbers = page.locator('.numbers', { hasText: 'last value' });
    expect(await numbers.locator('tbody tr').allInnerTexts()).toEqual([
      '0.25\t4\t42.188',
      '0.25\t12\t4.224',
      '0.5\t4\t12.500',
      '0.5\t12\t0.049',
    ]);
    const plane = page.locator('.plane', { has: page.locator('img') });
    expect(await plane.locator('figcaption').allInnerTexts()).toEqual(SWEEP);
    await plane.getByRole('link', { name: SWEEP[1] ?? '' }).click();
    await page.locator('.cell.injected .code', { hasText: 'steps = 12' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: '4 runs compared' }).waitFor();
    await page.getByRole('link', { name: 'All runs' }).click();
    await page.locator('.runs').waitFor();
    expect(await page.locator('.count').innerText()).toBe('4 of 5 runs');
  });

  it('draws when each run was at work, and goes from run to run', async () => {
    await using report = await opened();
    const { page } = report;
    expect(await page.locator('.timeline .bar').count()).toBe(5);
    expect(await page.locator('.timeline .bar.failed .part').count()).toBeGreaterThan(4);
    await page.locator('.timeline .bar.failed').click();
    await page.getByRole('heading', { name: 'growth' }).waitFor();
    await page.getByRole('link', { name: '← Previous' }).click();
    await page.getByRole('heading', { name: /^decay \(/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.runs').waitFor();
    expect(await report.incidents()).toEqual([]);
  });
});

async function names(page: Page): Promise<string[]> {
  return await page.locator('.runs tbody th > a:first-child').allInnerTexts();
}

/** Texts of the column below this heading. */
async function column(page: Page, heading: string): Promise<string[]> {
  const headings = await page.locator('.runs thead tr > *').allInnerTexts();
  const number = headings.findIndex((text) => text.trim() === heading) + 1;
  return await page.locator(`.runs tbody tr > :nth-child(${number})`).allInnerTexts();
}

async function isInView(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox();
  return box !== null && box.y >= 0 && box.y < 900;
}

/** How many colours an image has. */
function coloursOf(image: SVGElement | HTMLElement): number {
  if (!(image instanceof HTMLImageElement)) return 0;
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0);
  const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  return new Set(new Uint32Array(new Uint8ClampedArray(data).buffer)).size;
}

function readRuns(folder: string): { readonly name: string; readonly durationMs: number }[] {
  const text = readFileSync(join(folder, 'papermill_outputs/results.json'), 'utf8');
  return (JSON.parse(text) as { runs: { name: string; durationMs: number }[] }).runs;
}
