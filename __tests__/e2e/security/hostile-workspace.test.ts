import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, aNotebook, filesIn, resultsIn, runBundle, streamsOf } from '../bundle.ts';

/** Writes down which program loaded it. */
function leavesATrace(log: string): string {
  return `import sys\nwith open(${JSON.stringify(log)}, "a") as log:\n    log.write(" ".join(sys.orig_argv) + "\\n")\n`;
}

const SHADOWS = ['random', 'json', 'zmq', 'tornado', 'jupyter_server', 'jupyter_client', 'traitlets', 'fork_client', 'fork_protocol',
  'batch_server', 'batch_kernels', 'launch_server', 'sitecustomize', 'usercustomize', 'jupyter_server_config', 'jupyter_config', 'pip']; // prettier-ignore

it('S10 nothing in the workspace is loaded by the server or the template, whatever its name', async () => {
  const traces = await aFolder();
  const log = join(traces, 'loaded');
  const trace = leavesATrace(log);
  const config = {
    ServerApp: { token: '', password: '', ip: '0.0.0.0', jpserver_extensions: { evil: true } },
  };
  const folder = await aFolder({
    ...Object.fromEntries(SHADOWS.map((name) => [`${name}.py`, trace])),
    'sitecustomize/__init__.py': trace,
    '.jupyter/jupyter_server_config.py': trace,
    '.jupyter/jupyter_server_config.json': config,
    'jupyter_server_config.json': config,
    'etc/jupyter/jupyter_server_config.json': config,
    'share/jupyter/kernels/python3/kernel.json': {
      argv: ['sh', '-c', `echo share >> ${log}`],
      display_name: 'x',
      language: 'python',
    },
    '.local/share/jupyter/kernels/python3/kernel.json': {
      argv: ['sh', '-c', `echo local >> ${log}`],
      display_name: 'x',
      language: 'python',
    },
    'pyvenv.cfg': 'home = .\n',
    'nb.ipynb': aNotebook('n = 0', 'print(1 + 1)'),
    'configs.json': { only: { notebook: 'nb.ipynb', run: { cwd: 'calm' } } },
    'calm/readme': '',
  });
  const { status, stderr } = await runBundle(['run'], { cwd: folder });
  expect([status, stderr]).toEqual([0, '']);
  expect(existsSync(log) ? readFileSync(log, 'utf8') : '').toBe('');
  expect(streamsOf(join(folder, 'papermill_outputs/nb/only/nb_only.ipynb'))).toEqual(['2\n']);
});

it('a kernel finds the modules beside its notebook as ever, and the template still none of them', async () => {
  const log = join(await aFolder(), 'loaded');
  const folder = await aFolder({
    'sitecustomize.py': leavesATrace(log),
    'mine.py': leavesATrace(log),
    'nb.ipynb': aNotebook('n = 0', 'import mine'),
    'configs.json': { a: { notebook: 'nb.ipynb' }, b: { notebook: 'nb.ipynb' } },
  });
  expect((await runBundle(['run', '--preload', 'mine'], { cwd: folder })).status).toBe(0);
  const loaded = readFileSync(log, 'utf8').trim().split('\n');
  expect(loaded.filter((line) => line.includes('ipykernel_launcher'))).toHaveLength(loaded.length);
});

it('an output folder in the workspace that is a link out of it is refused, and nothing runs', async () => {
  const elsewhere = await aFolder();
  const folder = await aFolder({
    'nb.ipynb': aNotebook('n = 0', 'n'),
    'configs.json': { only: { notebook: 'nb.ipynb' } },
  });
  symlinkSync(elsewhere, join(folder, 'papermill_outputs'));
  const refused = await runBundle(['run'], { cwd: folder });
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('leads out of the working directory by a symbolic link');
  expect(filesIn(elsewhere)).toEqual([]);
  expect((await runBundle(['run', '--output-dir', elsewhere], { cwd: folder })).status).toBe(0);
  expect(filesIn(elsewhere)).toEqual(['nb/only/nb_only.ipynb', 'report.html', 'results.json']);
});

it('a link inside the output folder, planted before or by another run, is not followed', async () => {
  const elsewhere = await aFolder({ 'nb_committed.ipynb': 'precious' });
  const plant = [
    'import os',
    'os.makedirs("papermill_outputs/nb", exist_ok=True)',
    `os.symlink(${JSON.stringify(elsewhere)}, "papermill_outputs/nb/planted")`,
  ].join('\n');
  const folder = await aFolder({
    'planting.ipynb': aNotebook('n = 0', plant),
    'nb.ipynb': aNotebook('n = 0', 'n'),
    'configs.json': {
      planting: { notebook: 'planting.ipynb' },
      planted: { notebook: 'nb.ipynb' },
      committed: { notebook: 'nb.ipynb' },
      sound: { notebook: 'nb.ipynb' },
    },
  });
  mkdirSync(join(folder, 'papermill_outputs/nb'), { recursive: true });
  symlinkSync(elsewhere, join(folder, 'papermill_outputs/nb/committed'));
  expect((await runBundle(['run', '--max-parallel', '1'], { cwd: folder })).status).toBe(3);
  expect(resultsIn(folder).runs.map(({ name, status }) => [name, status])).toEqual([
    ['planting', 'passed'],
    ['planted', 'infra-error'],
    ['committed', 'infra-error'],
    ['sound', 'passed'],
  ]);
  expect(resultsIn(folder).runs[1]?.error?.['evalue']).toContain('is a symbolic link');
  expect(filesIn(elsewhere)).toEqual(['nb_committed.ipynb']);
  expect(readFileSync(join(elsewhere, 'nb_committed.ipynb'), 'utf8')).toBe('precious');
});

it('labels, templates and notebooks that lead out of their folder are refused before anything runs', async () => {
  const outside = await aFolder({ 'nb.ipynb': aNotebook('n = 0') });
  const folder = await aFolder({
    'nb.ipynb': aNotebook('n = 0'),
    'label.json': { a: { notebook: 'nb.ipynb', output_label: '../../x' } },
    'path.json': { a: { notebook: '../nb.ipynb' } },
    'link.json': { a: { notebook: 'link.ipynb' } },
    'folder.json': { a: { notebook: 'linked/nb.ipynb' } },
    'sound.json': { a: { notebook: 'nb.ipynb' } },
  });
  symlinkSync(join(outside, 'nb.ipynb'), join(folder, 'link.ipynb'));
  symlinkSync(outside, join(folder, 'linked'));
  const refusal = async (...args: string[]): Promise<string> => {
    const { status, stderr } = await runBundle(['run', ...args], { cwd: folder });
    expect(status).toBe(2);
    return stderr;
  };
  expect(await refusal('label.json')).toContain('would leave the output folder');
  expect(await refusal('path.json')).toMatch(/outside the working directory|does not exist/);
  expect(await refusal('link.json')).toContain('is outside the working directory (it leads to');
  expect(await refusal('folder.json')).toContain('is outside the working directory (it leads to');
  for (const template of ['../{name}.ipynb', '/tmp/{name}.ipynb', 'a/../../{name}.ipynb']) {
    expect(await refusal('sound.json', '--output-path', template)).toContain(
      'leads out of the output folder',
    );
  }
  expect(filesIn(folder).filter((file) => file.startsWith('papermill_outputs'))).toEqual([]);
});
