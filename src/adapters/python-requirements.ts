import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { UserError } from '../errors.ts';

/** The requirements files of a batch, with those that they include. */
export interface Requirements {
  /** Absolute paths, as given. */
  readonly files: readonly string[];
  /** Contents of the files and of all that they include, in order of appearance. */
  readonly texts: readonly string[];
  /** Requirements in them, for people. */
  readonly count: number;
  /** `pip-compile --generate-hashes` and `uv export` write hashes; pip then refuses every requirement without. */
  readonly hashed: boolean;
}

const INCLUDE = /^\s*(?:-r|-c|--requirement|--constraint)(?:\s+|=|(?=[^\s-]))(\S+)/gm;

/** Reads the files and their includes. Throws UserError that names every file that cannot be read. */
export async function readRequirements(files: readonly string[]): Promise<Requirements> {
  const texts = new Map<string, string>();
  const unreadable: string[] = [];
  const waiting = [...files];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (texts.has(path)) continue;
    try {
      const text = await readFile(path, 'utf8');
      texts.set(path, text);
      waiting.push(...includesOf(path, text));
    } catch {
      // pip itself complains about an include, with the line it stands in.
      if (files.includes(path)) unreadable.push(path);
    }
  }
  if (unreadable.length > 0) {
    const names = unreadable.map((path) => `"${path}"`).join(', ');
    throw new UserError(
      `Requirements ${unreadable.length === 1 ? 'file' : 'files'} ${names} cannot be read. Correct "requirements".`,
    );
  }
  const all = [...texts.values()];
  return {
    files,
    texts: all,
    count: all.flatMap((text) => text.split('\n')).filter(isRequirement).length,
    hashed: all.some((text) => /\s--hash[= ]/.test(text)),
  };
}

/** Whether the user asks for this package by name, and so has a say in its version. */
export function namesPackage(requirements: Requirements, name: string): boolean {
  // PEP 503: runs of `-`, `_` and `.` are equal, and so are capitals.
  const pattern = new RegExp(`^\\s*${name.replaceAll('_', '[-_.]+')}\\s*(?:[[<>=!~;@#\\\\]|$)`, 'im');
  return requirements.texts.some((text) => pattern.test(text));
}

/** pip reads included files relative to the including one. */
function includesOf(path: string, text: string): string[] {
  return [...text.matchAll(INCLUDE)]
    .map((match) => match[1] ?? '')
    .filter((target) => !target.includes('://'))
    .map((target) => resolve(dirname(path), target));
}

function isRequirement(line: string): boolean {
  return /^\s*(?:[A-Za-z0-9.]|-e|--editable)/.test(line);
}
