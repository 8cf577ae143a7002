import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser of the Chromium family on this machine; undefined when there is none. */
export const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path));
if (CHROMIUM === undefined) {
  console.warn(
    'No Chromium: the tests of the report page are skipped. Install it (Debian: apt-get install chromium).',
  );
}

/** A page that has opened a report from disk, and what happened in it that never should. */
export interface OpenedReport extends AsyncDisposable {
  readonly page: Page;
  readonly path: string;
  /** What went out to the network, dialogs, windows, and errors of its script. */
  readonly incidents: () => Promise<readonly string[]>;
}

/** One browser for the tests of a file. */
export function useChromium(): (html: string, options?: OpenOptions) => Promise<OpenedReport> {
  let browser: Browser | undefined;
  const sent: string[] = [];
  const network = networkEdge(sent);
  beforeAll(async () => {
    await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
    const { port } = network.address() as AddressInfo;
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      // Tests run as root in containers, where Chromium's own sandbox cannot start.
      args: ['--no-sandbox'],
      proxy: { server: `http://127.0.0.1:${port}` },
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    network.close();
  });
  return async (html, options) => {
    if (browser === undefined) throw new Error('The browser is not open yet.');
    return await openReport(browser, sent, html, options);
  };
}

export interface OpenOptions {
  readonly hash?: string;
  readonly scheme?: 'light' | 'dark';
  readonly script?: boolean;
  /** Further files in the same folder, by their names. */
  readonly besides?: Readonly<Record<string, string>>;
}

/** The way out of the browser, for every scheme: notes what comes by, and lets nothing pass. */
function networkEdge(sent: string[]): Server {
  const server = createServer((request, response) => {
    sent.push(`sent ${request.url ?? ''}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    sent.push(`sent ${request.url ?? ''}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  return server;
}

async function openReport(
  browser: Browser,
  sent: readonly string[],
  html: string,
  options: OpenOptions = {},
): Promise<OpenedReport> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  const path = join(folder, 'report.html');
  for (const [name, text] of Object.entries({ ...options.besides, 'report.html': html })) {
    await writeFile(join(folder, name), text);
  }
  const context = await browser.newContext({
    viewport: { width: 1200, height: 900 },
    colorScheme: options.scheme ?? 'light',
    javaScriptEnabled: options.script ?? true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const incidents: string[] = [];
  const before = sent.filter((line) => line.includes('.example')).length;
  page.on('websocket', (socket) => incidents.push(`socket ${socket.url()}`));
  page.on('pageerror', (error) => incidents.push(`error ${error.message}`));
  page.on('dialog', (dialog) => {
    incidents.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => incidents.push(`popup ${popup.url()}`));
  await page.goto(`file://${path}${options.hash ?? ''}`);
  await page.locator('h1').first().waitFor();
  return {
    page,
    path,
    async incidents() {
      await page.waitForLoadState('networkidle');
      return [...incidents, ...sent.filter((line) => line.includes('.example')).slice(before)];
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
