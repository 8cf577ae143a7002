import { readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pollUntil } from '../../src/adapters/poll-until.ts';
import { aFolder, aNotebook, filesIn, resultsIn, runBundle, startBundle } from '../e2e/bundle.ts';
import { commandsIn, Workflow } from '../e2e/github/workflow.ts';
import { observe } from './observed.ts';
import { makeReadOnly, smallDisk } from './small-disk.ts';

const WITHOUT_ROOT = 'no file system can be mounted here: it takes root';
/** A cell that leaves no room on a disk. */
const filling = (disk: string): string => `import os\ndisk = "${disk}"
free = os.statvfs(disk).f_bavail * 4096
open(disk + "/ballast", "wb").write(bytes(free))`;
const ONE = { 'nb.ipynb': aNotebook('1'), 'configs.json': { a: { notebook: 'nb.ipynb', parameters: {} } } };

it('I13 an output folder that is read-only or full stops a batch before it starts', async (test) => {
  const disk = smallDisk(1_000_000);
  test.skip(disk === undefined, WITHOUT_ROOT);
  const folder = await aFolder(ONE);
  const args = ['run', '--output-dir', disk ?? ''];
  const { bavail, bsize } = statfsSync(disk ?? '');
  writeFileSync(join(disk ?? '', 'ballast'), Buffer.alloc(bavail * bsize));
  const full = await runBundle(args, { cwd: folder });
  expect(full).toMatchObject({ status: 2, stdout: '' });
  expect(full.stderr).toContain('ENOSPC: no space left on device');
  expect(filesIn(disk ?? '')).toEqual(['ballast']);

  makeReadOnly(disk ?? '');
  const readOnly = await runBundle(args, { cwd: folder });
  expect(readOnly).toMatchObject({ status: 2, stdout: '' });
  expect(readOnly.stderr).toContain('EROFS: read-only file system');
  observe(test, 'status 2 before anything ran: ENOSPC, EROFS in words');
});

it('I14 a disk that fills up costs the runs that cannot be written, and what was saved stays', async (test) => {
  const disk = smallDisk(5_000_000);
  test.skip(disk === undefined, WITHOUT_ROOT);
  const folder = await aFolder({
    // Saved at the start and every ten seconds: its first save is of the empty notebook, its last one finds no room.
    'nb.ipynb': aNotebook('size = 0', 'import os\nprint("x" * size)'),
    'configs.json': Object.fromEntries(
      [1_000, 7_000_000, 2_000].map((size) => [`s${size}`, { notebook: 'nb.ipynb', parameters: { size } }]),
    ),
  });
  const args = ['run', '--output-dir', disk ?? '', '--max-parallel', '1'];
  const { status, stdout } = await runBundle(args, { cwd: folder });
  const { runs } = JSON.parse(readFileSync(join(disk ?? '', 'results.json'), 'utf8')) as ReturnType<
    typeof resultsIn
  >;
  expect(runs.map((run) => run.status)).toEqual(['passed', 'infra-error', 'passed']);
  expect(runs[1]?.error?.['evalue']).toMatch(/could not be written: ENOSPC: no space left on device/);
  // The older copy, whole.
  const kept = readFileSync(join(disk ?? '', 'nb/s7000000/nb_s7000000.ipynb'), 'utf8');
  expect((JSON.parse(kept) as { nbformat: number }).nbformat).toBe(4);
  expect(filesIn(disk ?? '').filter((file) => file.endsWith('.tmp'))).toEqual([]);
  expect(status).toBe(3);
  expect(stdout).toContain('ENOSPC');
  observe(test, 'status 3: infra-error with ENOSPC, the copy before it whole, the other runs passed');
});

it('I14 a disk so full that not even results.json fits: the verdict is told all the same', async (test) => {
  const disk = smallDisk(2_000_000);
  test.skip(disk === undefined, WITHOUT_ROOT);
  const folder = await aFolder({ ...ONE, 'nb.ipynb': aNotebook('1', filling(disk ?? '')) });
  const { status, stdout, stderr } = await runBundle(['run', '--output-dir', disk ?? ''], { cwd: folder });
  expect(status).toBe(3);
  expect(stdout).toMatch(/a: infrastructure error .*ENOSPC/);
  expect(stderr).toContain('results.json could not be written: ENOSPC');
  expect(stderr).not.toContain('Internal error');
});

it('I14 a disk that is full in a workflow: what happened is told there, and of the log there is one warning', async (test) => {
  const disk = smallDisk(2_000_000);
  test.skip(disk === undefined, WITHOUT_ROOT);
  // The lock of the folder leaves a little room when it goes: the log has to be longer than that.
  const parameters = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`p${n}`, 'x'.repeat(200)]));
  const workflow = await Workflow.start({
    files: {
      'nb.ipynb': aNotebook('1', filling(disk ?? '')),
      'configs.json': { a: { notebook: 'nb.ipynb', parameters } },
    },
  });
  const step = await workflow.run({ 'output-dir': disk ?? '' });
  expect(step.status).toBe(3);
  expect(step.stdout).not.toContain('Internal error');
  const ofLog = commandsIn(step).filter((line) => line.includes('batch.log'));
  expect(ofLog).toEqual([
    '::warning::batch.log could not be written: ENOSPC: no space left on device, write.',
  ]);
  expect(step.summary).toContain('ENOSPC');
  expect(step.outputs).toMatchObject({ total: '1', passed: '0' });
});

it('I15 a second batch in one output folder is refused; a lock whose owner is dead is not heeded', async (test) => {
  const waits = 'import pathlib, time\nwhile not pathlib.Path("go").exists(): time.sleep(0.05)';
  const folder = await aFolder({ ...ONE, 'nb.ipynb': aNotebook('1', waits) });
  const first = startBundle(['run'], { cwd: folder });
  const running = (): boolean => first.stdout().includes('started');
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, running);
  const second = await runBundle(['run'], { cwd: folder });
  expect(second).toMatchObject({ status: 2, stdout: '' });
  expect(second.stderr).toContain(`is in use by process ${first.child.pid ?? 0}, which runs a batch`);
  writeFileSync(join(folder, 'go'), '');
  expect((await first.finished).status).toBe(0);
  expect(filesIn(folder).filter((file) => file.endsWith('.lock'))).toEqual([]);

  await rm(join(folder, 'go'));
  const killed = startBundle(['run'], { cwd: folder });
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, () => killed.stdout().includes('started'));
  killed.child.kill('SIGKILL');
  await killed.finished;
  expect(filesIn(folder).filter((file) => file.endsWith('.lock'))).toHaveLength(1);
  writeFileSync(join(folder, 'go'), '');
  expect((await runBundle(['run'], { cwd: folder })).status).toBe(0);
  expect(filesIn(folder).filter((file) => file.endsWith('.lock'))).toEqual([]);
  observe(test, 'status 2, “in use by process N”; the lock of a killed batch is taken over');
});

it('I5 a notebook outside the working directory is refused, also through a link', async (test) => {
  const elsewhere = await aFolder(ONE);
  const folder = await aFolder({
    'configs.json': { a: { notebook: join(elsewhere, 'nb.ipynb') }, b: { notebook: 'link.ipynb' } },
  });
  await symlink(join(elsewhere, 'nb.ipynb'), join(folder, 'link.ipynb'));
  const { status, stdout, stderr } = await runBundle(['run'], { cwd: folder });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.match(/is outside the working directory/g)).toHaveLength(2);
  observe(test, 'status 2, “outside the working directory”, and where the link leads');
});
