import { expect, test } from 'vitest';
import { valuesOf } from '../../src/plan/lay-over.ts';
import { nameRuns } from '../../src/plan/name-runs.ts';
import { outputLabel } from '../../src/plan/output-label.ts';
import { anEntry } from './builders.ts';

function labels(options: Parameters<typeof anEntry>[0]): string[] {
  return nameRuns([anEntry(options)], new Map()).map((run) => {
    const { text, mistakes } = outputLabel(run, valuesOf(run.entry, run.combination, new Map()));
    return mistakes.length > 0 ? `! ${mistakes.join(' ')}` : text;
  });
}

test('the label is the name of the entry, of a sweep followed by the values', () => {
  expect(labels({ name: 'bank' })).toEqual(['bank']);
  expect(labels({ name: 'sweep', matrix: '{"alpha": [0.01, 1.0], "on": [true, null]}' })).toEqual([
    'sweep_0.01_True',
    'sweep_0.01_None',
    'sweep_1.0_True',
    'sweep_1.0_None',
  ]);
});

test.each([
  ['a{alpha}_s{seed}', 'a1.0_s3'],
  ['{rate}', '1e-05'],
  ['{big}', '10000000000000000000001'],
  ['{on}_{off}', 'True_None'],
  ['{layers}', '[64, 64]'],
  ['{{literal}} {name}', '{literal} net'],
])('%s becomes %s', (template, expected) => {
  const parameters =
    '{"alpha": 1.0, "seed": 3, "rate": 1e-5, "big": 10000000000000000000001, "on": true, "off": null, "layers": [64, 64], "name": "net"}';
  expect(labels({ outputLabel: template, parameters })).toEqual([expected]);
});

test('keys of the config form are used by their plain names', () => {
  const parameters = '{"notebook": "n.ipynb", "data_url": "bank", "output_label": "of_{data_url}"}';
  expect(labels({ form: 'config', outputLabel: 'of_{data_url}', parameters })).toEqual(['of_bank']);
});

test.each([
  ['{alhpa}', '! "{alhpa}" in "{alhpa}" is not a parameter of this run. Did you mean "alpha"?'],
  ['{zzzzzzzz}', '! "{zzzzzzzz}" in "{zzzzzzzz}" is not a parameter of this run. There are: alpha, empty.'],
  ['a{', '! "a{" has a single "{". Write "{{" for the character itself.'],
  ['{empty}', '! The label is empty. Write a name, or remove it to use the name of the entry.'],
  [
    '../../x',
    '! The label "../../x" would leave the output folder. Write a plain name, without "..", drive or leading slash.',
  ],
])('the label %s is refused', (template, expected) => {
  expect(labels({ outputLabel: template, parameters: '{"alpha": 1, "empty": ""}' })).toEqual([expected]);
});
