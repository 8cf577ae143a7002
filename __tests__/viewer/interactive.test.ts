import { describe, expect, it } from 'vitest';
import { CHROMIUM, useChromium } from './chromium.ts';
import { aRun, code, display, sampleReport } from './sample-report.ts';

describe.skipIf(CHROMIUM === undefined)('outputs that run or keep a state', { timeout: 60_000 }, () => {
  const open = useChromium();

  it('starts an interactive output with what the notebook loaded before it, and says when a part is refused', async () => {
    const cells = [
      code('library()', [
        display({ 'text/html': '<script>window.library = (text) => text.toUpperCase()</script>' }),
      ]),
      code('chart()', [
        display({ 'text/html': '<b id="place"></b>' }),
        display({
          'application/javascript': 'document.getElementById("place").textContent = library("drawn")',
        }),
      ]),
      code('remote()', [display({ 'text/html': '<script src="https://cdn.example/x.js"></script>' })]),
      code('self()', [
        display({
          'text/html':
            '<i></i><script>document.currentScript.previousElementSibling.textContent = "here"</script><button onclick="this.textContent = 1">b</button>',
        }),
      ]),
    ];
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    const { page } = report;
    const start = async (output: number) => {
      await page.getByRole('button', { name: 'Start interactive output' }).nth(output).click();
      return page.locator('iframe.sandbox').last().contentFrame();
    };
    const own = await start(3);
    expect(await own.locator('i').innerText()).toBe('here');
    await own.locator('button').click();
    expect(await own.locator('button').innerText()).toBe('1');
    await start(2);
    // The output behind it starts with what came before, and so with the same part.
    const refusals = page.getByText('This output loads from cdn.example, and a report loads nothing.');
    await refusals.nth(1).waitFor();
    expect(await refusals.count()).toBe(2);
    await page.getByRole('button', { name: 'Start interactive output' }).nth(1).click();
    expect(await page.locator('iframe.sandbox').first().contentFrame().locator('#place').innerText()).toBe(
      'DRAWN',
    );
    expect(await report.incidents()).toEqual([]);
  });

  it('starts with the libraries above it, and not with the figures above it', async () => {
    const drawing = (text: string): string =>
      `<div></div><script>document.currentScript.previousElementSibling.textContent = ${text}</script>`;
    const cells = [
      code('loader()', [display({ 'text/html': '<script>window.library = "drawn"</script>' })]),
      code('first()', [display({ 'text/html': drawing('window.first = library') })]),
      code('second()', [display({ 'text/html': drawing('library + (window.first ?? " alone")') })]),
    ];
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    const { page } = report;
    await page.getByText('A script that shows nothing by itself').waitFor();
    await page.getByRole('button', { name: 'Start interactive output' }).last().click();
    const frame = page.locator('iframe.sandbox').contentFrame();
    await frame.getByText('drawn alone').waitFor();
  });

  it('says of a part that was refused only when nothing was drawn', async () => {
    const remote = '<script src="https://cdn.example/math.js"></script>';
    const drawn =
      '<div></div><script>document.currentScript.previousElementSibling.innerHTML = "<svg></svg>"</script>';
    const cells = [
      code('plot()', [display({ 'text/html': remote + drawn })]),
      code('blank()', [display({ 'text/html': `<i></i>${remote}` })]),
    ];
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    const { page } = report;
    const start = page.getByRole('button', { name: 'Start interactive output' });
    await start.first().click();
    await page.locator('iframe.sandbox').contentFrame().locator('svg').waitFor();
    await start.click();
    // The second frame tells after the first one would have.
    const notes = page.getByText('and a report loads nothing');
    await notes.waitFor();
    expect(await notes.count()).toBe(1);
    expect(await report.incidents()).toEqual([]);
  });

  it('says of a figure that is only data how to keep more of it, and shows no tree of its innards', async () => {
    const figure = { data: [{ x: [1], y: [2] }], layout: { title: { text: 'Error by depth' } } };
    const cells = [
      code('fig.show()', [display({ 'application/vnd.plotly.v1+json': figure })]),
      code('chart', [
        display({
          'application/vnd.vegalite.v6.json': { title: 'Rates' },
          'text/plain': '<VegaLite 6 object>',
        }),
      ]),
    ];
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    const outputs = report.page.locator('.output');
    expect(await outputs.nth(0).innerText()).toMatch(
      /^Plotly figure “Error by depth”\s+The notebook holds its data/,
    );
    expect(await outputs.nth(1).innerText()).toMatch(/^Vega figure “Rates”\s/);
    await outputs.nth(0).getByText('Data', { exact: true }).click();
    expect(await outputs.nth(0).locator('.json').first().isVisible()).toBe(true);
  });

  it('shows widgets as they were saved, without script', async () => {
    const state = {
      box: {
        model_name: 'HBoxModel',
        state: { _model_name: 'HBoxModel', children: ['IPY_MODEL_label', 'IPY_MODEL_bar'] },
      },
      label: { model_name: 'HTMLModel', state: { value: 'epoch: <b>80%</b>' } },
      bar: { model_name: 'FloatProgressModel', state: { value: 4, min: 0, max: 5 } },
    };
    const metadata = { widgets: { 'application/vnd.jupyter.widget-state+json': { state } } };
    const view = { 'application/vnd.jupyter.widget-view+json': { model_id: 'box' }, 'text/plain': 'HBox()' };
    const cells = [
      code('tqdm()', [display(view)]),
      code('gone()', [
        display({ ...view, 'application/vnd.jupyter.widget-view+json': { model_id: 'gone' } }),
      ]),
    ];
    await using report = await open(await sampleReport([aRun({ cells_: cells, metadata })]), {
      hash: '#run=bank',
    });
    const outputs = report.page.locator('.output');
    expect(await outputs.nth(0).locator('.foreign').innerText()).toBe('epoch: 80%');
    expect(await outputs.nth(0).locator('progress').getAttribute('value')).toBe('4');
    expect(await outputs.nth(1).innerText()).toBe('HBox()');
  });
});
