import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batchReport } from '../src/batch-report.ts';
import { workflowEvent } from '../src/publish/workflow-event.ts';
import { writtenResults } from './report/written-results.ts';

const RESULTS = writtenResults([{ name: 'planted', outputPath: 'out/planted.ipynb' }]);

async function aBatch(results: string) {
  const workingDirectory = await mkdtemp(join(tmpdir(), 'batch-report-'));
  const outputDir = join(workingDirectory, 'out');
  await mkdir(outputDir);
  await writeFile(join(outputDir, 'results.json'), results);
  const warnings: string[] = [];
  const warn = (text: string): void => void warnings.push(text);
  return { workingDirectory, outputDir, warnings, warn };
}

test('a link that a notebook has planted in its own place is not followed', async () => {
  const batch = await aBatch(JSON.stringify(RESULTS));
  await writeFile(join(batch.workingDirectory, 'keys.ipynb'), 'secret');
  await symlink(join(batch.workingDirectory, 'keys.ipynb'), join(batch.outputDir, 'planted.ipynb'));
  expect(await batchReport(batch)).toMatchObject({ missing: ['out/planted.ipynb'] });
  expect(await readFile(join(batch.outputDir, 'report.html'), 'utf8')).toContain('"stored":null');
  expect(batch.warnings).toEqual([]);
});

test('a report leads back to the pull request, the workflow run and the commit', async () => {
  const batch = await aBatch(JSON.stringify(RESULTS));
  const env = { GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '5', GITHUB_SHA: 'c0ffee' };
  const event = workflowEvent(
    { ...env, GITHUB_EVENT_NAME: 'pull_request' },
    { pull_request: { number: 12 } },
  );
  await batchReport({ ...batch, event });
  const html = await readFile(join(batch.outputDir, 'report.html'), 'utf8');
  const { links } = JSON.parse(/id="report">([^<]*)</.exec(html)?.[1] ?? '') as { links: unknown };
  expect(links).toEqual([
    { label: 'Pull request #12', url: 'https://github.com/o/r/pull/12' },
    { label: 'Workflow run', url: 'https://github.com/o/r/actions/runs/5' },
    { label: 'Commit', url: 'https://github.com/o/r/commit/c0ffee' },
  ]);
});

test('what keeps a report from being written is a warning', async () => {
  const batch = await aBatch('{}');
  expect(await batchReport(batch)).toBeUndefined();
  expect(batch.warnings).toEqual([expect.stringMatching(/^The report was not written: .*results\.json/)]);
});
