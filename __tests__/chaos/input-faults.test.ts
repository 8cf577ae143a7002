import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, aNotebook, type Finished, resultsIn, runBundle, streamsOf } from '../e2e/bundle.ts';
import { observe } from './observed.ts';

/** A batch of these configs, as text, beside a good notebook. */
async function batch(
  configs: string,
  files: Readonly<Record<string, unknown>> = {},
): Promise<Finished & { folder: string }> {
  const folder = await aFolder({
    'nb.ipynb': aNotebook('a = 0', 'print(repr(a))'),
    ...files,
    'configs.json': configs,
  });
  return { ...(await runBundle(['run'], { cwd: folder })), folder };
}

it('I2 an unknown key gets a suggestion, and an empty file says what is expected', async (test) => {
  const typo = await batch('{"a": {"notebok": "nb.ipynb"}}');
  expect(typo).toMatchObject({ status: 2, stdout: '' });
  expect(typo.stderr).toMatch(/notebok.*Did you mean.*notebook/);
  const empty = await batch('{}');
  expect(empty).toMatchObject({ status: 2, stdout: '' });
  expect(empty.stderr).toMatch(/configs\.json/);
  observe(test, 'status 2, “Did you mean "notebook"?”; no entries: told');
});

it('I3 labels that some file system takes for one are refused, both named', async (test) => {
  const twins = [
    ['A', 'a'],
    ['caf\u00e9', 'cafe\u0301'],
  ].map(([one, two], index) => [
    { name: `one${index}`, notebook: 'nb.ipynb', output_label: one },
    { name: `two${index}`, notebook: 'nb.ipynb', output_label: two },
  ]);
  const { status, stdout, stderr } = await batch(JSON.stringify(twins.flat()));
  expect([status, stdout]).toEqual([2, '']);
  for (const name of ['one0', 'two0', 'one1', 'two1']) expect(stderr).toContain(`"${name}"`);
  observe(test, 'status 2, all four named');
});

it('I4 labels that no file could have become safe ones, and are told', async (test) => {
  const labels = ['CON', 'a:b', 'x'.repeat(300), '🎉 and \u202e back'];
  const entries = labels.map((output_label, index) => ({
    name: `n${index}`,
    notebook: 'nb.ipynb',
    output_label,
    parameters: {},
  }));
  const { status, stdout, stderr, folder } = await batch(JSON.stringify(entries));
  expect(status).toBe(0);
  const paths = resultsIn(folder).runs.map(({ outputPath }) => outputPath);
  expect(new Set(paths).size).toBe(4);
  for (const path of paths)
    expect(path).toMatch(/^papermill_outputs\/nb\/[^/:]{1,240}\/nb_[^/:]{1,240}\.ipynb$/);
  expect(stdout + stderr).toContain('a:b');
  const climbing = await batch(JSON.stringify({ a: { notebook: 'nb.ipynb', output_label: '../../x' } }));
  expect(climbing.status).toBe(2);
  observe(test, 'status 0 with safe names, told; “../../x” is refused with status 2');
});

it('I7 a file that is no notebook is refused with the place', async (test) => {
  const good = JSON.stringify(aNotebook('1'));
  const folder = await aFolder({
    'corrupt.ipynb': good.slice(0, 100),
    'empty.ipynb': '',
    'bom.ipynb': `\ufeff${good}`,
    'configs.json': Object.fromEntries(
      ['corrupt', 'empty', 'utf16', 'directory'].map((name) => [name, { notebook: `${name}.ipynb` }]),
    ),
  });
  await writeFile(join(folder, 'utf16.ipynb'), Buffer.from(`\ufeff${good}`, 'utf16le'));
  await mkdir(join(folder, 'directory.ipynb'));
  const { status, stdout, stderr } = await runBundle(['run'], { cwd: folder });
  expect([status, stdout]).toEqual([2, '']);
  for (const name of ['corrupt', 'empty', 'utf16', 'directory']) expect(stderr).toContain(`"${name}.ipynb"`);
  expect(stderr).toMatch(/corrupt\.ipynb" is not a notebook: .*(line|column|1:\d+)/);
  await writeFile(
    join(folder, 'configs.json'),
    JSON.stringify({ bom: { notebook: 'bom.ipynb', parameters: {} } }),
  );
  const bom = await runBundle(['run'], { cwd: folder });
  observe(
    test,
    `status 2, all four told, with the place; with a byte order mark: status ${bom.status ?? '?'}`,
  );
  expect([0, 2]).toContain(bom.status);
});

it('I8 notebooks of 4.0 to 4.5 are executed, others refused with what to do', async (test) => {
  const version = (major: number, minor: number): object => ({
    ...aNotebook('1', 'print("ran")'),
    nbformat: major,
    nbformat_minor: minor,
  });
  const twice = aNotebook('1', 'print("ran")') as { cells: { id?: string }[] };
  const without = aNotebook('1', 'print("ran")') as { cells: { id?: string }[]; nbformat_minor: number };
  for (const cell of twice.cells) cell.id = 'same';
  for (const cell of without.cells) delete cell.id;
  without.nbformat_minor = 4;
  const files = { 'v40.ipynb': version(4, 0), 'v44.ipynb': without, 'twice.ipynb': twice };
  const names = ['v40', 'v44', 'twice'];
  const configs = (of: string[]): string =>
    JSON.stringify(
      Object.fromEntries(of.map((name) => [name, { notebook: `${name}.ipynb`, parameters: {} }])),
    );
  const ran = await batch(configs(names), files);
  expect(ran.status).toBe(0);
  for (const { outputPath } of resultsIn(ran.folder).runs)
    expect(streamsOf(join(ran.folder, outputPath))).toEqual(['ran\n']);

  const old = { worksheets: [], metadata: {}, nbformat: 3, nbformat_minor: 0 };
  const refused = await batch(configs(['v3', 'v5']), { 'v3.ipynb': old, 'v5.ipynb': version(5, 0) });
  expect([refused.status, refused.stdout]).toEqual([2, '']);
  expect(refused.stderr).toMatch(/v3\.ipynb.*nbconvert/);
  expect(refused.stderr).toContain('v5.ipynb');
  observe(test, '4.0, 4.4 without ids, ids twice: passed; 3 and 5: status 2, for 3 with the command');
});

it('I9 a notebook without a kernel, or with one that is not installed, is told which there are', async (test) => {
  const none = { ...aNotebook('1'), metadata: {} };
  const other = {
    ...aNotebook('1'),
    metadata: { kernelspec: { name: 'cobol', language: 'cobol', display_name: 'C' } },
  };
  const { status, stdout, stderr } = await batch(
    JSON.stringify({
      none: { notebook: 'none.ipynb', parameters: {} },
      other: { notebook: 'other.ipynb', parameters: {} },
    }),
    { 'none.ipynb': none, 'other.ipynb': other },
  );
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/"cobol", which is not installed\. Installed: .*python3/);
  const alone = await batch('{"none": {"notebook": "none.ipynb", "parameters": {}}}', { 'none.ipynb': none });
  expect(alone.status === 0 || alone.stderr.includes('kernel')).toBe(true);
  observe(
    test,
    `unknown: status 2 with the list; none given: ${alone.status === 0 ? 'python3 is taken' : 'status 2'}`,
  );
});

it('I12 numbers arrive as they were written, or are refused', async (test) => {
  const values = { big: '9223372036854775808', minus: '-0.0', none: 'NaN' };
  const withA = (text: string): string => `{"notebook": "nb.ipynb", "parameters": {"a": ${text}}}`;
  const entries = Object.entries(values).map(([name, text]) => `"${name}": ${withA(text)}`);
  const { status, folder } = await batch(`{${entries.join(', ')}}`);
  expect(status).toBe(0);
  const printed = resultsIn(folder).runs.map((run) => streamsOf(join(folder, run.outputPath))[0]);
  expect(printed).toEqual(['9223372036854775808\n', '-0.0\n', 'nan\n']);

  const large = await batch(`{"a": ${withA('1e400')}}`);
  expect([large.status, large.stdout]).toEqual([2, '']);
  expect(large.stderr).toContain('1e400 is larger than a float can be');
  const deep = await batch(`{"a": ${withA('['.repeat(1_000) + ']'.repeat(1_000))}}`);
  expect([deep.status, deep.stdout]).toEqual([2, '']);
  expect(deep.stderr).toContain('nested more than 200 levels deep');
  observe(
    test,
    '2^63, -0.0 and NaN arrive exactly; 1e400 and 1,000 levels of nesting: status 2, with the cure',
  );
});
