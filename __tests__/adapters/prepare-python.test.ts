import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import type { Interpreter, PythonPreparation } from '../../src/adapters/prepare-python.ts';
import { preparePython } from '../../src/adapters/prepare-python.ts';

/** Downloads: generous, for slow networks and busy machines. */
const INSTALLS = { timeout: 300_000 };

let folder: string;
/** The "machine with no Jupyter": an environment that sees no packages but one module of its user. */
let bare: { executable: string; sitePackages: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prepare ü '));
  const root = join(folder, 'bare');
  execFileSync(inject('python').executable, ['-m', 'venv', '--without-pip', root]);
  const executable =
    process.platform === 'win32' ? join(root, 'Scripts', 'python.exe') : join(root, 'bin', 'python');
  const sitePackages = ask(executable, 'import sysconfig; print(sysconfig.get_path("purelib"))');
  await writeFile(join(sitePackages, 'mine.py'), 'ANSWER = 42\n');
  // As an editable install does it: a path to a project, in a .pth file.
  await mkdir(join(folder, 'project'));
  await writeFile(join(folder, 'project', 'under_development.py'), 'ANSWER = 43\n');
  await writeFile(join(sitePackages, 'project.pth'), `${join(folder, 'project')}\n`);
  const kernel = join(root, 'share', 'jupyter', 'kernels', 'mine');
  await mkdir(kernel, { recursive: true });
  await writeFile(join(kernel, 'kernel.json'), '{"argv": ["mine"], "display_name": "Mine", "language": "x"}');
  bare = { executable, sitePackages };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function ask(python: string, source: string): string {
  return execFileSync(python, ['-c', source], { encoding: 'utf8' }).trim();
}

function shortVersion(): string {
  return inject('python').version.split('.').slice(0, 2).join('.');
}

/** Prepares the bare Python; returns also what was logged. */
async function prepare(overrides: Partial<PythonPreparation> = {}) {
  const lines: string[] = [];
  const interpreter = await preparePython(
    {
      interpreter: bare.executable,
      install: 'auto',
      requirements: [],
      cacheDir: join(folder, 'cache'),
      ...overrides,
    },
    (line) => lines.push(line),
    new AbortController().signal,
  );
  return { interpreter, lines };
}

async function aRequirementsFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('a Python that has everything is used as it is', async () => {
  const { executable, version, jupyterServerVersion, ipykernelVersion } = inject('python');

  expect(await prepare({ interpreter: executable, install: 'never' })).toEqual({
    interpreter: { executable, version, jupyterServerVersion, ipykernelVersion, ownEnvironment: false },
    lines: [],
  });
});

describe('a Python without Jupyter, asked for twice at once', () => {
  let results: { interpreter: Interpreter; lines: string[] }[];
  let before: string[];
  beforeAll(async () => {
    before = await readdir(bare.sitePackages);
    results = await Promise.all([prepare(), prepare()]);
  }, INSTALLS.timeout);

  test('is installed once, and both get the environment', () => {
    const [first, second] = results;
    expect(first?.interpreter).toEqual(second?.interpreter);
    expect(first?.interpreter.ownEnvironment).toBe(true);
    expect(results.flatMap(({ lines }) => lines).sort()).toEqual([
      `Installing jupyter_server and ipykernel for Python ${shortVersion()} (once; kept in ${join(folder, 'cache')})`,
      'Waiting for another process that is installing the same packages.',
    ]);
  });

  test('keeps its own packages as they were, and the environment sees them, editable installs too', async () => {
    const source =
      'import mine, under_development, jupyter_server, ipykernel; print(mine.ANSWER, under_development.ANSWER)';

    expect(ask(results[0]?.interpreter.executable ?? '', source)).toBe('42 43');
    expect(await readdir(bare.sitePackages)).toEqual(before);
  });

  test('offers its kernels in the environment', () => {
    const source = 'from jupyter_client.kernelspec import find_kernel_specs; print(*find_kernel_specs())';

    expect(ask(results[0]?.interpreter.executable ?? '', source).split(' ')).toEqual(
      expect.arrayContaining(['mine', 'python3']),
    );
  });

  test('is ready without a word the next time', async () => {
    expect(await prepare()).toEqual({ interpreter: results[0]?.interpreter, lines: [] });
  });
});

test(
  'requirements are installed on top of a Python that has everything, and again when that was damaged',
  INSTALLS,
  async () => {
    const request = {
      interpreter: inject('python').executable,
      requirements: [await aRequirementsFile('small.txt', 'iniconfig==2.1.0\n')],
      cacheDir: join(folder, 'requirements'),
      // What a user's pip is told must not lead packages out of the environment.
      env: { ...process.env, PIP_TARGET: join(folder, 'elsewhere'), PIP_USER: '1' },
    };
    const said = [
      `Installing 1 requirement for Python ${shortVersion()} (once; kept in ${request.cacheDir})`,
    ];
    const first = await prepare(request);
    await rm(first.interpreter.executable);
    const second = await prepare(request);

    expect([first.lines, second.lines]).toEqual([said, said]);
    const { executable, jupyterServerVersion } = second.interpreter;
    expect(ask(executable, 'import iniconfig, pandas; print("both")')).toBe('both');
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
    expect(jupyterServerVersion).toBe(inject('python').jupyterServerVersion);
    // The damaged one is gone.
    expect((await readdir(request.cacheDir)).filter((name) => !/\.(log|json)$/.test(name))).toHaveLength(1);
  },
);

test('install "never" tells the command to run and makes nothing', async () => {
  const cacheDir = join(folder, 'never');
  const requirements = [await aRequirementsFile('never.txt', 'tabulate\n')];
  const { version } = inject('python');

  await expect(prepare({ install: 'never', requirements, cacheDir })).rejects.toThrow(
    [
      `Python ${version} (${bare.executable}) is not ready: jupyter_server is missing, ipykernel is missing, requirements are to be installed, and "install" is "never".`,
      'Set it to "auto", or run this and leave "requirements" out:',
      `  "${bare.executable}" -m pip install "jupyter_server>=2.20" "ipykernel>=7.4" -r "${join(folder, 'never.txt')}"`,
    ].join('\n'),
  );
  expect(existsSync(cacheDir)).toBe(false);
});

test('a requirement that does not exist is named, and nothing of the attempt stays but its log', async () => {
  const cacheDir = join(folder, 'broken');
  const requirements = [await aRequirementsFile('broken.txt', 'parallel-notebooks-no-such-package\n')];

  await expect(prepare({ requirements, cacheDir })).rejects.toThrow(
    /^Installing Python packages failed: there is no package "parallel-notebooks-no-such-package"\..*\nThe end of .*\.log:\n/,
  );
  expect((await readdir(cacheDir)).map((name) => name.replace(/^python-[^-]*-[0-9a-f]+/, ''))).toEqual([
    '.log',
  ]);
});

test('abort while pip is at work ends the installation and leaves nothing but its log', async () => {
  const cacheDir = join(folder, 'aborted');
  const controller = new AbortController();
  const request = { interpreter: bare.executable, install: 'auto' as const, requirements: [], cacheDir };
  const preparing = preparePython(request, () => undefined, controller.signal);
  preparing.catch(() => undefined);
  const log = async () => {
    const name = (await readdir(cacheDir)).find((entry) => entry.endsWith('.log'));
    return name === undefined ? '' : await readFile(join(cacheDir, name), 'utf8');
  };
  await expect.poll(log, { timeout: 60_000 }).toContain('Collecting ');

  controller.abort(new Error('cancelled'));

  await expect(preparing).rejects.toThrow('cancelled');
  expect((await readdir(cacheDir)).filter((name) => !name.endsWith('.log'))).toEqual([]);
});
