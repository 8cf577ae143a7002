import { expect, test } from 'vitest';
import { foldedPath, outputPath } from '../../src/plan/output-path.ts';
import { parametersOf } from './json-value.ts';

function pathOf(template: string): string {
  const { outputPath: absolute, mistakes } = outputPath({
    template,
    outputDir: '/project/out',
    values: parametersOf('{"alpha": 0.1, "url": "https://x/../y", "name": "not this"}'),
    own: { notebook_name: 'train', output_label: 'bank', name: 'sweep (0.1, 1)' },
  });
  return mistakes.length > 0 ? `! ${mistakes.join(' ')}` : absolute;
}

test.each([
  [
    '{notebook_name}/{output_label}/{notebook_name}_{output_label}.ipynb',
    '/project/out/train/bank/train_bank.ipynb',
  ],
  ['{name}/{alpha}.ipynb', '/project/out/sweep (0.1, 1)/0.1.ipynb'],
  ['./a/../b.ipynb', '/project/out/b.ipynb'],
  ['../x.ipynb', '! "../x.ipynb" leads out of the output folder /project/out. Write a path below it.'],
  [
    '/other/x.ipynb',
    '! "/other/x.ipynb" leads out of the output folder /project/out. Write a path below it.',
  ],
  [
    '{output_label}',
    '! "{output_label}" does not end in ".ipynb". Write for instance "{output_label}.ipynb".',
  ],
  [
    'a:b/{name}.ipynb',
    '! "a:b/{name}.ipynb" holds ":", which artifacts and Windows cannot have in a name. Write / between folders and remove it.',
  ],
  [
    '{lable}.ipynb',
    '! "{lable}" in "{lable}.ipynb" is not a parameter of this run. There are: alpha, url, name, notebook_name, output_label.',
  ],
])('%s leads to %s', (template, expected) => {
  expect(pathOf(template)).toBe(expected);
});

test('a value that is filled in stays one segment', () => {
  expect(pathOf('{url}.ipynb')).toMatch(/^\/project\/out\/https-x-\.\.-y-[\da-f]{6}\.ipynb$/);
});

test('a name longer than file systems take is refused', () => {
  expect(pathOf(`${'é'.repeat(120)}.ipynb`)).toMatch(
    /which is longer than 230 bytes\. Use fewer parameters in it\.$/,
  );
});

test.each([
  ['/out/A.ipynb', '/out/a.ipynb'],
  ['/out/re\u0301sume\u0301.ipynb', '/out/RÉSUMÉ.ipynb'],
  ['/out/straße.ipynb', '/out/STRASSE.ipynb'],
])('%s and %s are one file to some file system', (a, b) => {
  expect(foldedPath(a)).toBe(foldedPath(b));
});
