import { UserError } from '../errors.ts';
import { missingPackages } from './python-packages.ts';
import type { ProbedPython } from './python-probe.ts';
import type { Requirements } from './python-requirements.ts';

/** Tells a user who does not want us to install anything what to run. */
export function installRefusal(python: ProbedPython, { files }: Requirements): UserError {
  const missing = missingPackages(python);
  const complaints = missing.map((rule) => {
    const version = rule.found(python);
    return version === null
      ? `${rule.name} is missing`
      : `${rule.name} ${version} is older than ${rule.atLeast}`;
  });
  if (files.length > 0) complaints.push('requirements are to be installed');
  const wanted = [...missing.map((rule) => rule.install(python)), ...files.flatMap((file) => ['-r', file])];
  const commands = python.externallyManaged ? inEnvironment(python, wanted) : inPlace(python, wanted);
  const also = files.length > 0 ? ' and leave "requirements" out' : '';
  return new UserError(
    [
      `Python ${python.version} (${python.executable}) is not ready: ${complaints.join(', ')}, and "install" is "never".`,
      `Set it to "auto", or run this${also}:`,
      ...commands.map((command) => `  ${command}`),
    ].join('\n'),
  );
}

function inPlace({ executable }: ProbedPython, wanted: readonly string[]): string[] {
  return [commandLine([executable, '-m', 'pip', 'install', ...wanted])];
}

/** PEP 668: pip refuses to touch this Python. */
function inEnvironment({ executable }: ProbedPython, wanted: readonly string[]): string[] {
  const own = '.venv/bin/python';
  return [
    commandLine([executable, '-m', 'venv', '--system-site-packages', '.venv']),
    commandLine([own, '-m', 'pip', 'install', ...wanted]),
    `and name it: python = ${own}`,
  ];
}

/** As one would type it: what is more than a plain word gets quotes. */
function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`)).join(' ');
}
