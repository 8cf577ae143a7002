import { expect, test } from 'vitest';
import type { Request } from '../../src/model.ts';
import { UserError } from '../../src/errors.ts';
import { planRuns } from '../../src/plan/plan-runs.ts';
import type { NotebookSource } from '../../src/plan/ports.ts';
import { anEntry, aRequest, notebookFiles, notebookText } from './builders.ts';
import { parametersOf } from './json-value.ts';

/** What is wrong with a request, as `pointer message` or `file message`. */
async function refusal(
  request: Partial<Request>,
  source: NotebookSource = notebookFiles(),
): Promise<string[]> {
  const error: unknown = await planRuns(aRequest(request), source).then(
    () => new Error('the request was planned'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  return error.problems.map(({ file, pointer, message }) => `${pointer ?? file} ${message}`);
}

test('all mistakes are told together, each once', async () => {
  const files = {
    '/project/notebooks/train.ipynb': notebookText(),
    '/project/notebooks/broken.ipynb': '{"cells": [',
    '/project/rust.ipynb': notebookText({ metadata: { language_info: { name: 'rust' } } }),
    '/elsewhere/x.ipynb': notebookText(),
  };
  const links = { '/project/link.ipynb': '/elsewhere/x.ipynb' };
  const entries = [
    anEntry({ name: 'gone', notebook: 'notebooks/trian.ipynb' }),
    anEntry({ name: 'directory', notebook: 'notebooks' }),
    anEntry({ name: 'broken', notebook: 'notebooks/broken.ipynb' }),
    anEntry({ name: 'link', notebook: 'link.ipynb' }),
    anEntry({ name: 'rust', notebook: 'rust.ipynb', parameters: '{"a": 1}' }),
    anEntry({ name: 'cwd', settings: { cwd: 'nowhere' } }),
    anEntry({ name: 'matrix', matrix: '{"a": []}' }),
    anEntry({ name: 'names', parameters: '{"a b": 1}', matrix: '{"class": [1, 2]}' }),
    anEntry({ name: 'label', outputLabel: '../x' }),
    anEntry({ name: 'digits', parameters: `{"n": [1, ${'9'.repeat(4301)}]}` }),
  ];
  expect(await refusal({ entries }, notebookFiles({ files, links }))).toEqual([
    '/matrix/matrix/a "a" has no values, so that nothing would run. List at least one, or remove it.',
    '/gone/notebook "notebooks/trian.ipynb" does not exist. Did you mean "notebooks/train.ipynb"?',
    '/directory/notebook "notebooks" is a directory. Write the path of an .ipynb file.',
    expect.stringMatching(
      /^\/broken\/notebook "notebooks\/broken\.ipynb" is not a notebook: .+[^.]\.$/,
    ) as string,
    '/link/notebook "link.ipynb" is outside the working directory (it leads to /elsewhere/x.ipynb). Move it inside, or set another working directory.',
    '/cwd/run/cwd "nowhere" is not a directory. Write a directory relative to /project.',
    '/rust/notebook "rust.ipynb" is in rust but names no kernel. Say which in "run": {"kernel": "…"}.',
    '/rust/parameters Parameters cannot be written in rust, the language of "rust.ipynb". Remove them, or set them in "run": {"env": {…}}.',
    '/names/parameters/a b "a b" cannot be a variable of Python, which needs letters, digits and _, and no digit first. Write for instance "a_b".',
    '/names/matrix/class "class" means something else in Python. Choose another name.',
    '/label/output_label The label "../x" would leave the output folder. Write a plain name, without "..", drive or leading slash.',
    '/digits/parameters/n/1 The value has more than the 4300 digits that Python reads. Write it as a string.',
  ]);
});

test('two entries with one output are refused, letter case and normal form aside', async () => {
  const entries = [
    anEntry({ name: 'a', outputLabel: 'Résumé' }),
    anEntry({ name: 'b', outputLabel: 're\u0301sume\u0301' }),
    anEntry({ name: 'c' }),
  ];
  expect(await refusal({ entries })).toEqual([
    '/b/output_label Runs "a" and "b" would both write papermill_outputs/train/résumé/train_résumé.ipynb. Give one of them another "output_label". The other one is at configs.json.',
  ]);
});

test('a label that does not tell the combinations apart is refused once, with the parameter to add', async () => {
  const matrix = '{"alpha": [0.1, 0.2], "seed": [1, 2], "beta": [3]}';
  const entries = [anEntry({ name: 'sweep', matrix, outputLabel: 's{seed}' })];
  expect(await refusal({ entries })).toEqual([
    '/sweep/output_label Runs "sweep (0.1, 1, 3)" and "sweep (0.2, 1, 3)" would both write papermill_outputs/train/s1/train_s1.ipynb. Add {alpha} to its "output_label", for instance "s{seed}_{alpha}".',
  ]);
});

test('an output path that does not tell the runs apart is refused', async () => {
  const entries = [anEntry({ name: 'a' }), anEntry({ name: 'b' })];
  expect(await refusal({ entries, outputPath: '{notebook_name}.ipynb' })).toEqual([
    'input output-path Runs "a" and "b" would both write papermill_outputs/train.ipynb. Add {output_label} to the path.',
  ]);
});

test('a result over the backup of another is refused when there are backups', async () => {
  const entries = [anEntry({ name: 'a' }), anEntry({ name: 'a_backup' })];
  const request = { entries, outputPath: '{output_label}.ipynb' };
  expect((await planRuns(aRequest(request), notebookFiles())).runs).toHaveLength(2);
  expect(await refusal({ ...request, backup: true })).toEqual([
    '/a_backup/output_label Run "a_backup" would write papermill_outputs/a_backup.ipynb, where the earlier result of "a" is kept. Give it another "output_label".',
  ]);
});

test('a result over a source notebook is refused, also one that was not selected', async () => {
  const entries = [anEntry({ name: 'train' }), anEntry({ name: 'other', notebook: 'notebooks/OTHER.ipynb' })];
  const request = { entries, outputDir: '/project/notebooks', outputPath: '{output_label}.ipynb' };
  const advice = 'Choose another "output_label", output folder or output path.';
  expect(await refusal({ ...request, select: ['train'] })).toEqual([
    `/train/output_label Run "train" would overwrite the source notebook "notebooks/train.ipynb". ${advice}`,
  ]);
  const files = {
    '/project/notebooks/train.ipynb': notebookText(),
    '/project/notebooks/OTHER.ipynb': notebookText(),
  };
  expect(await refusal({ ...request, select: ['other'] }, notebookFiles({ files }))).toEqual([
    `/other/output_label Run "other" would overwrite the source notebook "notebooks/OTHER.ipynb". ${advice}`,
  ]);
});

test('a backup over a source notebook is refused, also through a linked output folder', async () => {
  const files = { '/project/notebooks/x_backup.ipynb': notebookText() };
  const entries = [anEntry({ name: 'x', notebook: 'notebooks/x_backup.ipynb' })];
  const request = { entries, outputDir: '/project/out', outputPath: '{output_label}.ipynb' };
  const source = notebookFiles({ files, links: { '/project/out': '/project/notebooks' } });
  expect((await planRuns(aRequest(request), source)).runs).toHaveLength(1);
  expect(await refusal({ ...request, backup: true }, source)).toEqual([
    '/x/output_label Run "x" would overwrite the source notebook "notebooks/x_backup.ipynb". Choose another "output_label", output folder or output path.',
  ]);
});

test('mistakes of the configs come first, and a term may mean an entry that has one', async () => {
  const mistakes = [{ file: 'configs.json', pointer: '/sweep/run/retires', message: 'unknown key' }];
  const entries = [anEntry({ notebook: 'gone.ipynb' })];
  expect(await refusal({ mistakes, entries, select: ['sweep', 'train'] })).toEqual([
    '/sweep/run/retires unknown key',
    '/train/notebook "gone.ipynb" does not exist.',
  ]);
});

test('what else is wrong with an entry that has a mistake is told too, and nothing that may follow from it', async () => {
  const mistakes = [{ file: 'configs.json', pointer: '/gone/run/retires', message: 'unknown key' }];
  const unsound = [
    anEntry({ name: 'gone', notebook: 'gone.ipynb' }),
    anEntry({ name: 'names', parameters: '{"class": 1}' }),
  ];
  expect(await refusal({ mistakes, unsound, entries: [] })).toEqual([
    '/gone/run/retires unknown key',
    '/gone/notebook "gone.ipynb" does not exist.',
    '/names/parameters/class "class" means something else in Python. Choose another name.',
  ]);
});

test('with strict-parameters, what the parameters cell does not expect is refused', async () => {
  const files = {
    '/project/notebooks/train.ipynb': notebookText({ parameters: 'alpha = 0.1' }),
    '/project/notebooks/plain.ipynb': notebookText(),
    '/project/notebooks/r.ipynb': notebookText({ metadata: { kernelspec: { name: 'ir', language: 'R' } } }),
  };
  const entries = [
    anEntry({ name: 'sweep', matrix: '{"alpah": [1, 2]}' }),
    anEntry({ name: 'typed', parameters: '{"alpha": "high"}' }),
    anEntry({ name: 'fine', parameters: '{"alpha": 1}' }),
    anEntry({ name: 'old', form: 'config', parameters: '{"notebook": "notebooks/train.ipynb"}' }),
    anEntry({ name: 'plain', notebook: 'notebooks/plain.ipynb', parameters: '{"a": 1}' }),
    anEntry({ name: 'no parameters', notebook: 'notebooks/plain.ipynb' }),
    anEntry({ name: 'another language', notebook: 'notebooks/r.ipynb', parameters: '{"a": 1}' }),
  ];
  expect(await refusal({ entries, strictParameters: true }, notebookFiles({ files }))).toEqual([
    '/sweep/matrix/alpah Passed unknown parameter: alpah. Did you mean "alpha"? The parameters cell of notebooks/train.ipynb does not define it.',
    "/typed/parameters/alpha alpha is float in the parameters cell, got 'high' (str).",
    '/old Passed unknown parameter: config. The parameters cell of notebooks/train.ipynb does not define it.',
    '/plain/parameters/a "notebooks/plain.ipynb" has no cell tagged parameters, which would define it. Tag the cell that does.',
  ]);
});

test('two runs of one name are refused, and a combination that stands there twice', async () => {
  const twice = anEntry({ name: 'sweep', matrix: '{"a": [1, 1]}' });
  const entries = [
    anEntry({ name: 'x', outputLabel: 'one' }),
    anEntry({ name: 'x', outputLabel: 'two' }),
    twice,
  ];
  expect(await refusal({ entries })).toEqual([
    '/x Two runs are called "x"; the other one is at configs.json. Rename one.',
    '/sweep/matrix Two combinations of the sweep are both "sweep (1)". Remove the one that stands there twice.',
  ]);
});

test('notebook and output_label of the 2019 form cannot be varied', async () => {
  const parameters = '{"notebook": "notebooks/train.ipynb"}';
  const matrix = '{"notebook": ["a.ipynb", "b.ipynb"]}';
  const entries = [
    anEntry({ name: 'one', form: 'config', parameters }),
    anEntry({ name: 'two', form: 'config', parameters, matrix }),
  ];
  const varied = (name: string, key: string) =>
    `"${key}" of "${name}" cannot be varied: it says what runs, or where the result goes. Write one entry for each.`;
  expect(await refusal({ entries, parameters: parametersOf('{"output_label": "x"}') })).toEqual([
    `/output_label ${varied('one', 'output_label')}`,
    `/two/matrix/notebook ${varied('two', 'notebook')}`,
    `/output_label ${varied('two', 'output_label')}`,
  ]);
});

test('an empty list laid over the batch sweeps over nothing', async () => {
  expect(await refusal({ parameters: parametersOf('{"a": []}') })).toEqual([
    '/a "a" is an empty list, which sweeps over nothing. List values, or write [[]] for an empty list as the value.',
  ]);
});

test('a term that matches nothing brings the sweeps that could not be expanded with it', async () => {
  const entries = [anEntry(), anEntry({ name: 'sweep', matrix: '{"a": []}' })];
  expect(await refusal({ entries, select: ['sweep (1)'] })).toEqual([
    'input select No run is called "sweep (1)". There are: train, sweep.',
    '/sweep/matrix/a "a" has no values, so that nothing would run. List at least one, or remove it.',
  ]);
});

test('a working directory that is not there is the only thing told of it', async () => {
  expect(await refusal({ workingDirectory: '/nowhere' })).toEqual([
    'input working-directory "/nowhere" does not exist.',
  ]);
});
