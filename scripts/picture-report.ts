/**
 * Makes docs/report-*.png from a real batch, the example's and one run that fails: npx node scripts/picture-report.ts
 * Needs Chromium. Run `npm start` once before, so that the packages are there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

interface Picture {
  readonly name: string;
  readonly address: string;
  readonly schemes: readonly ('light' | 'dark')[];
  readonly height: number;
}

const PICTURES: readonly Picture[] = [
  { name: 'overview', address: '', schemes: ['light', 'dark'], height: 1330 },
  {
    name: 'run',
    address: '#run=config_iris',
    schemes: ['light', 'dark'],
    height: 1300,
  },
  { name: 'failing-run', address: '#run=config_typo', schemes: ['light', 'dark'], height: 900 },
  {
    name: 'comparison',
    address: '#sweep=examples/notebooks/train.ipynb',
    schemes: ['light', 'dark'],
    height: 1500,
  },
];

/** The entry that fails. */
const TYPO = {
  notebook: 'examples/notebooks/data_explorer.ipynb',
  data_url: 'examples/data/whine.csv',
  color_by: 'cultivar',
  output_label: 'typo',
};

const root = fileURLToPath(new URL('../', import.meta.url));
const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'picture-'));
try {
  const report = realReport();
  await takePictures(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function realReport(): string {
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  const configs = readFileSync(join(root, 'examples/configs.json'), 'utf8');
  writeFileSync(
    join(folder, 'configs.json'),
    configs.replace(/\}\s*$/, `, "config_typo": ${JSON.stringify(TYPO)} }`),
  );
  const bundle = join(root, 'dist/index.js');
  const { status } = spawnSync(
    process.execPath,
    [bundle, 'run', '--requirements', 'examples/requirements.txt'],
    {
      cwd: folder,
      stdio: 'inherit',
    },
  );
  if (status !== 1)
    throw new Error(`Expected one run to fail, and the batch to end with 1, not ${status ?? 'a signal'}.`);
  return join(folder, 'papermill_outputs/report.html');
}

async function takePictures(report: string): Promise<void> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const { name, address, schemes, height } of PICTURES) {
    for (const colorScheme of schemes) {
      const page = await browser.newPage({ viewport: { width: 1180, height }, colorScheme });
      await page.goto(`file://${report}${address}`);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await page.evaluate(async () => {
        await Promise.all(
          [...document.images].map(async (image) => await image.decode().catch(() => undefined)),
        );
      });
      await page.screenshot({ path: join(docs, `report-${name}-${colorScheme}.png`) });
      await page.close();
    }
  }
  await browser.close();
}
