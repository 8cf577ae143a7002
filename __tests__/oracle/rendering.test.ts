import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { aFolder, runBundle } from '../e2e/bundle.ts';
import { CHROMIUM, useChromium } from '../viewer/chromium.ts';
import { configsOfPlainRuns } from './execute-corpus.ts';
import { differenceOf, RENDERING_DIFFERENCES, type ShownOutput } from './rendering-differences.ts';

const CORPUS = join(import.meta.dirname, 'corpus');
const DEADLINE_MS = 600_000;
const SHOWN_BY_NBCONVERT = join(import.meta.dirname, 'shown_by_nbconvert.py');

describe.skipIf(CHROMIUM === undefined)(
  'the report of the executed corpus, beside nbconvert',
  { timeout: DEADLINE_MS + 120_000 },
  () => {
    const open = useChromium();
    /** Executed once, for all tests. */
    let shown: Promise<readonly ShownOutput[]> | undefined;

    async function execute(): Promise<readonly ShownOutput[]> {
      const folder = await aFolder();
      await cp(CORPUS, folder, { recursive: true });
      await writeFile(join(folder, 'configs.json'), configsOfPlainRuns());
      const env = { ORACLE_GREETING: 'hello' };
      const { status, stderr } = await runBundle(['run'], { cwd: folder, env, deadlineMs: DEADLINE_MS });
      // Some fail, as they should.
      expect([status, stderr]).toEqual([1, '']);
      return await shownOutputs(folder);
    }

    async function shownOutputs(folder: string): Promise<ShownOutput[]> {
      const { runs } = JSON.parse(read(folder, 'papermill_outputs/results.json')) as {
        runs: { name: string; outputPath: string; attempts: number }[];
      };
      const executed = runs.filter(({ attempts }) => attempts > 0);
      const paths = executed.map(({ outputPath }) => outputPath);
      const script = [SHOWN_BY_NBCONVERT, ...paths];
      const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
      const texts = JSON.parse(execFileSync(inject('python').executable, script, options)) as Record<
        string,
        string[]
      >;
      await using report = await open(read(folder, 'papermill_outputs/report.html'));
      const all: ShownOutput[] = [];
      for (const { name, outputPath } of executed) {
        const ours = await outputsOf(report.page, name);
        const theirs = texts[outputPath] ?? [];
        const written = outputsIn(read(folder, outputPath));
        expect([name, ours.length, theirs.length]).toEqual([name, written.length, written.length]);
        for (const [index, output] of written.entries()) {
          const [here, there] = [ours[index] ?? '', theirs[index] ?? ''];
          all.push({ run: name, index, output, ours: here, nbconvert: there });
        }
      }
      expect(await report.incidents()).toEqual([]);
      return all;
    }

    it('shows the same text of every output, but for the differences that have a reason', async () => {
      const outputs = await (shown ??= execute());
      const unequal = outputs.filter(
        (one) => differenceOf(one) === undefined && words(one.ours) !== words(one.nbconvert),
      );
      expect(unequal.map(shortened)).toEqual([]);
    });

    it('differs where a reason is given, each of which is met', async () => {
      const outputs = await (shown ??= execute());
      const met = new Set(
        outputs
          .filter(({ ours, nbconvert }) => words(ours) !== words(nbconvert))
          .map((one) => differenceOf(one)?.id),
      );
      expect(RENDERING_DIFFERENCES.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
    });

    it('has seen every kind of output', async () => {
      const outputs = await (shown ??= execute());
      const kinds = new Set(
        outputs.flatMap(({ output }) => [output.output_type, ...Object.keys(output.data ?? {})]),
      );
      expect([...kinds]).toEqual(
        expect.arrayContaining([
          'stream',
          'error',
          'execute_result',
          'display_data',
          'text/plain',
          'text/html',
          'text/markdown',
          'text/latex',
          'image/png',
          'image/svg+xml',
          'application/json',
          'application/javascript',
          'application/vnd.jupyter.widget-view+json',
        ]),
      );
      expect(outputs.length).toBeGreaterThan(200);
    });
  },
);

function shortened({ run, index, output, ours, nbconvert }: ShownOutput): readonly unknown[] {
  const types = Object.keys(output.data ?? { [output.output_type]: '' });
  return [run, index, types.join(' '), words(ours).slice(0, 200), words(nbconvert).slice(0, 200)];
}

/** Where elements begin and end, each puts its own blanks. */
function words(text: string): string {
  return text.replace(/\s+/g, '');
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function outputsIn(notebook: string): ShownOutput['output'][] {
  const { cells } = JSON.parse(notebook) as { cells: { outputs?: ShownOutput['output'][] }[] };
  return cells.flatMap((cell) => cell.outputs ?? []);
}

/** The text of each output in the report, shadow roots included. */
async function outputsOf(page: Page, run: string): Promise<string[]> {
  const hash = `#${new URLSearchParams({ run }).toString()}`;
  await page.evaluate((address) => (location.hash = address), hash);
  await page.getByRole('heading', { level: 1, name: run, exact: false }).waitFor();
  await page.locator('.notebook').waitFor();
  return await page.locator('.outputs > .output').evaluateAll((areas) => {
    // Long texts end in a button for the rest.
    for (const more of document.querySelectorAll<HTMLElement>('.output > div > button.link-button'))
      more.click();
    const textOf = (node: Node): string => {
      if (node instanceof HTMLStyleElement) return '';
      const inside = node instanceof Element && node.shadowRoot !== null ? textOf(node.shadowRoot) : '';
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
      return inside + [...node.childNodes].map(textOf).join('');
    };
    return areas.map(textOf);
  });
}
