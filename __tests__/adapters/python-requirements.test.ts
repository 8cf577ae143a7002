import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { environmentKey } from '../../src/adapters/python-environment-key.ts';
import { namesPackage, readRequirements } from '../../src/adapters/python-requirements.ts';
import { aProbedPython, aRequirements } from './python-builders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'requirements-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('included files count, relative to the file that includes them, once each', async () => {
  const files = {
    'main.txt': '# ours\npandas>=2  # for tables\n-r parts/more.txt\n--constraint=limits.txt\n',
    'parts/more.txt': 'numpy\n-e .\n-r ../main.txt\n',
    'limits.txt': 'ipykernel<7\n',
  };
  await mkdir(join(folder, 'parts'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);

  expect(await readRequirements([join(folder, 'main.txt')])).toEqual({
    files: [join(folder, 'main.txt')],
    texts: [files['main.txt'], files['parts/more.txt'], files['limits.txt']],
    count: 4,
    hashed: false,
  });
});

test('hashes are noticed, and their lines are no requirements', async () => {
  const path = join(folder, 'locked.txt');
  await writeFile(path, 'tabulate==0.9.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n');

  expect(await readRequirements([path])).toMatchObject({ count: 1, hashed: true });
});

test('every file that cannot be read is named', async () => {
  await expect(readRequirements(['/nowhere/a.txt', '/nowhere/b.txt'])).rejects.toThrow(
    'Requirements files "/nowhere/a.txt", "/nowhere/b.txt" cannot be read. Correct "requirements".',
  );
});

test.each([
  ['jupyter_server', true],
  ['Jupyter-Server==2.14.0', true],
  ['  jupyter.server [test] ~= 2.0', true],
  ['jupyter_server @ https://example.com/x.whl', true],
  ['jupyter_server_terminals==0.5', false],
  ['my-jupyter_server', false],
  ['# jupyter_server', false],
])('%j names jupyter_server: %j', (line, names) => {
  expect(namesPackage(aRequirements({ texts: [`pandas\n${line}\n`] }), 'jupyter_server')).toBe(names);
});

test('the key of an environment changes with everything that decides its content, and with nothing else', () => {
  const parent = aProbedPython();
  const specs = ['jupyter_server>=2.20'];
  const requirements = aRequirements({ files: ['/a/r.txt'], texts: ['pandas'] });
  const key = environmentKey(parent, specs, requirements);

  expect(key).toMatch(/^python-3\.12\.4-[0-9a-f]{16}$/);
  expect(environmentKey(parent, specs, { ...requirements, files: ['/b/r.txt'] })).toBe(key);
  const others = [
    environmentKey({ ...parent, executable: '/usr/bin/python3' }, specs, requirements),
    environmentKey({ ...parent, version: '3.12.5' }, specs, requirements),
    environmentKey({ ...parent, distributions: 'd2' }, specs, requirements),
    environmentKey(parent, ['jupyter_server>=2.0'], requirements),
    environmentKey(parent, specs, { ...requirements, texts: ['pandas', 'numpy'] }),
  ];
  expect(new Set([key, ...others]).size).toBe(6);
});
