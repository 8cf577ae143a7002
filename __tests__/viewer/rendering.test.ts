import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, useChromium } from './chromium.ts';
import { aRun, code, sampleReport } from './sample-report.ts';

/** What nbconvert shows, written by nbconvert_text.py. */
const GOLDEN = JSON.parse(readFileSync(new URL('golden/nbconvert.json', import.meta.url), 'utf8')) as {
  name: string;
  output: object;
  text: string;
}[];

describe.skipIf(CHROMIUM === undefined)('outputs beside nbconvert', { timeout: 60_000 }, () => {
  const open = useChromium();

  it('have the same text, whatever their kind', async () => {
    const cells = GOLDEN.map(({ output }) => code('x', [output]));
    await using report = await open(await sampleReport([aRun({ cells_: cells })]), { hash: '#run=bank' });
    await report.page
      .locator('.cell')
      .nth(GOLDEN.length - 1)
      .waitFor();
    const shown = await report.page.locator('.outputs').evaluateAll((areas) =>
      areas.map((area) => {
        const roots = [...area.querySelectorAll('.foreign-host')].map((host) => host.shadowRoot);
        const texts = roots.map((root) => {
          for (const style of root?.querySelectorAll('style') ?? []) style.remove();
          return root?.textContent ?? '';
        });
        return area.textContent + texts.join('');
      }),
    );
    // Where elements begin and end, each puts its own blanks.
    const words = (text: string): string => text.replace(/\s+/g, '');
    expect(GOLDEN.map(({ name }, index) => [name, words(shown[index] ?? '')])).toEqual(
      GOLDEN.map(({ name, text }) => [name, words(text)]),
    );
  });
});
