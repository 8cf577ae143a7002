/**
 * Measures the report of large batches, and writes what it found into docs/report.md:
 *
 *     npx node scripts/measure-report.ts RESULTS [BEFORE]
 *
 * RESULTS is the results.json of a real batch, whose runs are repeated under other names. BEFORE is the bundle of another version
 * (its dist/index.js): both are measured in turn, so that the machine is the same for both. Needs Chromium and zip.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { reportFiles } from '../src/adapters/report-files.ts';
import { buildReport } from '../src/report/html-build.ts';
import { writeCopies } from './report-copies.ts';

const COUNTS = [100, 1000] as const;
/** Of each report; their medians count. */
const OPENINGS = 3;
const VIEWER = fileURLToPath(new URL('../dist/viewer/report.html', import.meta.url));
const PAGE = fileURLToPath(new URL('../docs/report.md', import.meta.url));

interface Seen {
  /** From the navigation to the first frame with the table in it. */
  readonly openMs: number;
  readonly openRunMs: number;
  readonly frameMs: number;
  readonly slowFrameMs: number;
}

interface Measured {
  readonly runs: number;
  readonly buildCpuMs: number;
  readonly sizeMB: number;
  readonly files: number;
  /** Size of the report against that of the zipped notebooks and the viewer. */
  readonly ratio: number;
  readonly seen: Seen;
  readonly before: Seen | undefined;
}

const [source, before] = process.argv.slice(2).map((path) => resolve(path));
if (source === undefined) throw new Error('Which results.json?');
const measured: Measured[] = [];
for (const count of COUNTS) measured.push(await measure(source, count));
const table = tableOf(measured);
console.log(table);
const page = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  page.replace(/(?<=<!-- measured -->\n)[^]*?(?=<!-- end -->)/, () => `\n${table}\n`),
);

async function measure(results: string, count: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  try {
    writeCopies(results, count, folder);
    process.chdir(folder);
    const cpuBefore = process.cpuUsage();
    const { paths } = await buildReport(['results.json'], 'report.html', reportFiles);
    const { user, system } = process.cpuUsage(cpuBefore);
    spawnSync('zip', ['-qr', 'notebooks.zip', 'out']);
    const size = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    const zipped = statSync('notebooks.zip').size;
    const reports = [join(folder, 'report.html')];
    if (before !== undefined) {
      mkdirSync('before');
      const args = [before, 'report', 'results.json', '-o', 'before/report.html'];
      spawnSync(process.execPath, args, { stdio: 'inherit' });
      reports.push(join(folder, 'before/report.html'));
    }
    const [seen = [], seenBefore] = await openInTurn(reports);
    return {
      runs: count,
      buildCpuMs: (user + system) / 1000,
      sizeMB: size / 1e6,
      files: paths.length,
      ratio: size / (zipped + statSync(VIEWER).size),
      seen: medians(seen),
      before: seenBefore && medians(seenBefore),
    };
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each report as often as the others, one after the other. */
async function openInTurn(reports: readonly string[]): Promise<Seen[][]> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  const seen: Seen[][] = reports.map(() => []);
  for (let turn = 0; turn < OPENINGS; turn++) {
    for (const [index, report] of reports.entries()) {
      const browser = await chromium.launch({ executablePath, args });
      try {
        seen[index]?.push(await look(browser, report));
      } finally {
        await browser.close();
      }
    }
  }
  return seen;
}

async function look(browser: Browser, report: string): Promise<Seen> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(`file://${report}`);
  await page.locator('.runs tbody tr').first().waitFor();
  const openMs = await firstFrame(page);
  const frames = await scrollFrames(page);
  const before = performance.now();
  await page.locator('.runs tbody th a').first().click();
  await page.locator('.notebook .cell').first().waitFor();
  return {
    openMs,
    openRunMs: performance.now() - before,
    frameMs: frames[Math.floor(frames.length / 2)] ?? 0,
    slowFrameMs: frames[Math.floor(frames.length * 0.95)] ?? 0,
  };
}

/** Nothing is there to be painted before the viewer has made the table. */
async function firstFrame(page: Page): Promise<number> {
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  return (await painted.jsonValue()) ?? 0;
}

/** Durations of 120 frames, sorted, while each moves the page by half a window. */
async function scrollFrames(page: Page): Promise<number[]> {
  return await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const durations: number[] = [];
        let last = performance.now();
        const step = (now: number): void => {
          durations.push(now - last);
          last = now;
          window.scrollBy(0, 450);
          if (durations.length < 120) requestAnimationFrame(step);
          else resolve(durations.sort((one, other) => one - other));
        };
        requestAnimationFrame(step);
      }),
  );
}

function medians(all: readonly Seen[]): Seen {
  const median = (key: keyof Seen): number =>
    all.map((seen) => seen[key]).sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;
  return {
    openMs: median('openMs'),
    openRunMs: median('openRunMs'),
    frameMs: median('frameMs'),
    slowFrameMs: median('slowFrameMs'),
  };
}

function tableOf(all: readonly Measured[]): string {
  const row = (title: string, cell: (one: Measured) => string): string =>
    `| ${[title, ...all.map(cell)].join(' | ')} |`;
  const times = (title: string, key: keyof Seen, text: (ms: number) => string): string =>
    row(title, ({ seen, before: old }) => {
      const ratio = old === undefined ? '' : `, ${(seen[key] / old[key]).toFixed(2)} × before`;
      return text(seen[key]) + ratio;
    });
  return [
    row('What', ({ runs }) => `${runs.toLocaleString('en')} runs`),
    '| --- | --- | --- |',
    row('Building, processor time', ({ buildCpuMs }) => seconds(buildCpuMs)),
    row('Size', ({ sizeMB, files }) => `${Math.round(sizeMB)} MB${files === 1 ? '' : ` in ${files} files`}`),
    row('against the zipped notebooks and the viewer', ({ ratio }) => `${ratio.toFixed(2)} ×`),
    times('Opening, until the table is seen', 'openMs', seconds),
    times('Opening a run', 'openRunMs', seconds),
    times('A frame while scrolling through the table, the median', 'frameMs', milliseconds),
    times('the slowest of twenty', 'slowFrameMs', milliseconds),
    '',
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}
