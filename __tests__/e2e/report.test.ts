import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { ReportData } from '../../src/report/html-data.ts';
import { bytesOfBase85 } from '../../src/viewer/base85.ts';
import { aFolder, aNotebook, filesIn, runBundle } from './bundle.ts';

const FILES = {
  'nb.ipynb': aNotebook('n = 0', 'print(f"n is {n}")', '6 / n'),
  'configs.json': {
    good: { notebook: 'nb.ipynb', parameters: { n: 2 } },
    bad: { notebook: 'nb.ipynb', parameters: { n: 0 } },
  },
};
const REPORT = 'papermill_outputs/report.html';

it('leaves a report of passed and failed runs, names it last, and builds the same again from the results', async () => {
  const folder = await aFolder(FILES);
  const { status, stdout, stderr } = await runBundle(['run'], { cwd: folder });
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^report +papermill_outputs\/report\.html$/);
  const report = readFileSync(join(folder, REPORT), 'utf8');
  expect(dataOf(report).runs.map(({ name, status: ended }) => [name, ended])).toEqual([
    ['good', 'passed'],
    ['bad', 'failed'],
  ]);
  expect(notebooksOf(report)).toEqual(
    ['good', 'bad'].map((name) =>
      readFileSync(join(folder, `papermill_outputs/nb/${name}/nb_${name}.ipynb`), 'utf8'),
    ),
  );

  const again = await runBundle(['report', 'papermill_outputs/results.json', '-o', 'site/again.html'], {
    cwd: folder,
  });
  expect(again).toEqual({ status: 0, stdout: 'Report of 2 runs: site/again.html\n', stderr: '' });
  expect(readFileSync(join(folder, 'site/again.html'), 'utf8')).toBe(
    report.replaceAll('"pages":["report.html"]', '"pages":["again.html"]'),
  );
});

it('leaves none when it is not wanted', async () => {
  const folder = await aFolder(FILES);
  const { stdout } = await runBundle(['run', '--no-report', '--select', 'good'], { cwd: folder });
  expect(stdout).not.toContain('report');
  expect(filesIn(folder).filter((file) => file.endsWith('.html'))).toEqual([]);
});

it('says of another file that it is no results.json, and which notebooks are missing', async () => {
  const folder = await aFolder(FILES);
  await runBundle(['run', '--select', 'good'], { cwd: folder });
  const wrong = await runBundle(['report', 'configs.json'], { cwd: folder });
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect(wrong.stderr).toContain('this is not the results.json of a batch');

  unlinkSync(join(folder, 'papermill_outputs/nb/good/nb_good.ipynb'));
  const lacking = await runBundle(['report', 'papermill_outputs/results.json'], { cwd: folder });
  expect(lacking).toMatchObject({ status: 0, stdout: 'Report of 1 run: report.html\n' });
  expect(lacking.stderr).toContain('papermill_outputs/nb/good/nb_good.ipynb');
});

it('hides in the report what is hidden in the notebooks', async () => {
  const folder = await aFolder({
    'nb.ipynb': aNotebook('n = 0', 'print("open sesame 2026")'),
    'configs.json': { leaking: { notebook: 'nb.ipynb', parameters: { word: 'open sesame 2026' } } },
  });
  await runBundle(['run', '--redact-env', 'DOOR'], { cwd: folder, env: { DOOR: 'open sesame 2026' } });
  const report = readFileSync(join(folder, REPORT), 'utf8');
  const texts = [report, ...notebooksOf(report)].join('\n');
  expect(texts).toContain('***');
  expect(texts).not.toContain('sesame');
});

function dataOf(report: string): ReportData {
  const [, text = ''] = /id="report">([^<]*)</.exec(report) ?? [];
  return JSON.parse(text) as ReportData;
}

function notebooksOf(report: string): string[] {
  return [...report.matchAll(/id="notebook-\d+">([^<]*)</g)].map(([, stored = '']) =>
    inflateRawSync(bytesOfBase85(stored)).toString(),
  );
}
