import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, useChromium } from './chromium.ts';
import { MIXED, sweep } from './sample-batch.ts';
import { sampleReport } from './sample-report.ts';

describe.skipIf(CHROMIUM === undefined)('the report for everybody', { timeout: 60_000 }, () => {
  const open = useChromium();

  for (const scheme of ['light', 'dark'] as const) {
    for (const hash of ['', '#run=bank', '#run=broken', '#sweep=notebooks/train.ipynb']) {
      it(`has no serious fault of access at "${hash}", ${scheme}`, async () => {
        await using report = await open(await sampleReport([...MIXED, ...sweep()]), { hash, scheme });
        expect(await seriousFaults(report.page)).toEqual([]);
      });
    }
  }
});

async function seriousFaults(page: Page): Promise<unknown> {
  // As a debugger would: the page's own policy lets nothing in.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe: runner } = window as unknown as { axe: typeof axe };
    const { violations } = await runner.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, ...nodes.slice(0, 4).map(({ html }) => html)]);
  });
}
