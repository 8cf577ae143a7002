/**
 * Measures the report of large batches, for docs/report.md: npx node scripts/measure-report.ts RESULTS [RUNS…]
 * RESULTS is the results.json of a real batch, whose runs are repeated under other names; RUNS are how many (100 1000).
 * Needs Chromium and zip.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { reportFiles } from '../src/adapters/report-files.ts';
import { buildReport } from '../src/report/html-build.ts';

interface Results {
  readonly runs: { readonly name: string; readonly outputPath: string; readonly status: string }[];
}

const [source = '', ...counts] = process.argv.slice(2);
const viewer = statSync(fileURLToPath(new URL('../dist/viewer/report.html', import.meta.url))).size;
for (const count of counts.length === 0 ? [100, 1000] : counts.map(Number)) await measure(count);

async function measure(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  try {
    repeatRuns(count, folder);
    process.chdir(folder);
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    const { paths } = await buildReport(['results.json'], 'report.html', reportFiles);
    const { user, system } = process.cpuUsage(cpuBefore);
    const builtMs = performance.now() - before;
    spawnSync('zip', ['-qr', 'notebooks.zip', 'out']);
    const report = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    const zipped = statSync('notebooks.zip').size;
    const seen = await openInChromium(join(folder, 'report.html'));
    console.log(
      JSON.stringify({
        runs: count,
        pages: paths.length,
        buildSeconds: seconds(builtMs),
        buildCpuSeconds: seconds((user + system) / 1000),
        reportMB: megabytes(report),
        zippedNotebooksMB: megabytes(zipped),
        ratioToZippedAndViewer: Number((report / (zipped + viewer)).toFixed(2)),
        ...seen,
      }),
    );
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The runs of the real batch in turn, each copy with a notebook that differs from the others by its name. */
function repeatRuns(count: number, folder: string): void {
  const results = JSON.parse(readFileSync(source, 'utf8')) as Results;
  const base = resolve(dirname(source), '..');
  const executed = results.runs.filter(({ status }) => status === 'passed');
  const runs = Array.from({ length: count }, (_, index) => {
    const run = executed[index % executed.length];
    if (run === undefined) throw new Error(`No run of ${source} has passed.`);
    const outputPath = `out/run-${index}.ipynb`;
    mkdirSync(join(folder, 'out'), { recursive: true });
    copyFileSync(join(base, run.outputPath), join(folder, outputPath));
    // Bytes behind the end of each image, so that none is stored only once because it is a copy.
    const text = readFileSync(join(folder, outputPath), 'utf8');
    const unlike = text.replaceAll(/(?<="image\/png": ")[A-Za-z0-9+/=]{300,}/g, (base64) =>
      Buffer.concat([Buffer.from(base64, 'base64'), Buffer.from(` ${index}`)]).toString('base64'),
    );
    writeFileSync(join(folder, outputPath), unlike);
    return { ...run, name: `${run.name} ${index}`, outputPath };
  });
  writeFileSync(join(folder, 'results.json'), JSON.stringify({ ...results, runs }));
}

/** Seconds until the table is there, until a run is, and the longest frame while the page scrolls down. */
async function openInChromium(report: string): Promise<object> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    const debug = await page.context().newCDPSession(page);
    // In processor time, which other programs on the machine do not lengthen.
    await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
    const opened = performance.now();
    await page.goto(`file://${report}`);
    await page.locator('.runs tbody tr').first().waitFor();
    const openMs = performance.now() - opened;
    const { metrics } = await debug.send('Performance.getMetrics');
    const openCpuMs = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    const frames = await scrollFrames(page);
    const rows = await page.locator('.runs tbody tr').count();
    const run = performance.now();
    await page.locator('.runs tbody th a').first().click();
    await page.locator('.notebook .cell').first().waitFor();
    return {
      openSeconds: seconds(openMs),
      openCpuSeconds: seconds(openCpuMs),
      openRunSeconds: seconds(performance.now() - run),
      scrollMedianFrameMs: Math.round(frames[Math.floor(frames.length / 2)] ?? 0),
      scrollP95FrameMs: Math.round(frames[Math.floor(frames.length * 0.95)] ?? 0),
      rows,
    };
  } finally {
    await browser.close();
  }
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

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(2));
}

function megabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(2));
}
