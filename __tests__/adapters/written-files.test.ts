import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isPlainFile } from '../../src/adapters/written-files.ts';
import { readJournal, startJournal } from '../../src/adapters/written-journal.ts';

it('takes a file for ours only when no link is on the way to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'written-'));
  const out = join(folder, 'out');
  await mkdir(join(out, 'nb'), { recursive: true });
  await writeFile(join(out, 'nb', 'a.ipynb'), '{}');
  await writeFile(join(folder, 'keys'), 'secret');
  await symlink(join(folder, 'keys'), join(out, 'nb', 'link.ipynb'));
  await symlink(folder, join(out, 'away'));
  const throughLink = join(folder, 'alias');
  await symlink(out, throughLink);
  const seen = async (path: string, root = out): Promise<boolean> =>
    await isPlainFile(join(root, path), root);
  expect(await seen('nb/a.ipynb')).toBe(true);
  expect(await seen('nb/a.ipynb', throughLink)).toBe(true); // the user's own link, above the folder
  for (const path of ['nb/link.ipynb', 'away/keys', '../keys', 'nb', 'nb/gone.ipynb'])
    expect(await seen(path)).toBe(false);
});

it('keeps a journal that its reader understands, a line that was cut included', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'journal-'));
  const head = { workingDirectory: '/project', outputDir: '/project/out' };
  const journal = startJournal(head, directory);
  ['/project/out/a\n.ipynb', '/project/out/b.ipynb', '/project/out/b.ipynb'].forEach((file) =>
    journal.add(file),
  );
  const files = ['/project/out/a\n.ipynb', '/project/out/b.ipynb'];
  expect(journal.files).toEqual(files);
  await writeFile(journal.path, '"/project/out/c.ip', { flag: 'a' });
  expect(readJournal(journal.path)).toEqual({ ...head, files });
  expect(readJournal(join(directory, 'none'))).toBeUndefined();
});
