import { join } from 'node:path';

import { UserError } from '../errors.ts';
import { pythonFile } from './python-files.ts';
import type { ProbedPython } from './python-probe.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** How an environment can be made on this machine, and how packages get into it. */
export interface EnvironmentWay {
  readonly name: string;
  readonly create: (directory: string) => Command;
  /** `specs`: arguments of `pip install`. */
  readonly install: (directory: string, specs: readonly string[]) => Command;
}

/** The interpreter of an environment. */
export function pythonOf(directory: string): string {
  return process.platform === 'win32'
    ? join(directory, 'Scripts', 'python.exe')
    : join(directory, 'bin', 'python');
}

/**
 * The best way there is. venv with pip comes first although uv is faster: uv does not look at the parent's
 * packages and would install a second, newer copy of each of them.
 * Throws UserError when there is none, with what to install.
 */
export function environmentWay(parent: ProbedPython, { hasUv }: { readonly hasUv: boolean }): EnvironmentWay {
  const way = WAYS.find(({ works }) => works(parent, hasUv));
  if (way !== undefined) return way.make(parent);
  const [major, minor] = parent.version.split('.');
  throw new UserError(
    `${parent.executable} cannot make virtual environments, and uv is not on PATH. ` +
      `Install one of them: "apt install python${major ?? 3}.${minor ?? ''}-venv" (Debian, Ubuntu) or https://docs.astral.sh/uv/.`,
  );
}

const WAYS: readonly {
  readonly works: (parent: ProbedPython, hasUv: boolean) => boolean;
  readonly make: (parent: ProbedPython) => EnvironmentWay;
}[] = [
  {
    works: (parent) => parent.hasVenv && parent.hasEnsurepip,
    make: (parent) => ({
      name: 'venv',
      create: (directory) => ({
        command: parent.executable,
        args: asModule('venv', ...sitePackages(parent), directory),
      }),
      install: pipInstall,
    }),
  },
  {
    works: (_, hasUv) => hasUv,
    make: (parent) => ({
      name: 'uv',
      create: (directory) => ({
        command: 'uv',
        args: ['venv', '--no-project', ...sitePackages(parent), '--python', parent.executable, directory],
      }),
      install: (directory, specs) => ({
        command: 'uv',
        args: ['pip', 'install', '--no-progress', '--python', pythonOf(directory), ...specs],
      }),
    }),
  },
  {
    works: (parent) => parent.hasVirtualenv,
    make: (parent) => ({
      name: 'virtualenv',
      create: (directory) => ({
        command: parent.executable,
        args: asModule('virtualenv', ...sitePackages(parent), directory),
      }),
      install: pipInstall,
    }),
  },
  {
    // Debian's python3-pip without python3-venv: the environment sees the parent's pip.
    works: (parent) => parent.hasVenv && parent.hasPip,
    make: (parent) => ({
      name: 'venv without pip',
      create: (directory) => ({
        command: parent.executable,
        args: asModule('venv', '--without-pip', ...sitePackages(parent), directory),
      }),
      install: pipInstall,
    }),
  },
];

/** An environment made from an environment must not see more than its parent: what that sees is added by name. */
function sitePackages(parent: ProbedPython): string[] {
  return parent.prefix === parent.basePrefix ? ['--system-site-packages'] : [];
}

function pipInstall(directory: string, specs: readonly string[]): Command {
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  return { command: pythonOf(directory), args: asModule('pip', 'install', ...quiet, ...specs) };
}

/** As `-m` does it, without a look into the current directory: the workspace may have a `pip.py`, or a `random.py`. */
function asModule(...args: readonly string[]): string[] {
  return [pythonFile('run_module.py'), ...args];
}
