import { InfrastructureError, UserError } from '../errors.ts';

/** What pip or uv says when installing fails, and what to do about it. The first row that fits is told. */
const CAUSES: readonly {
  readonly sign: RegExp;
  readonly by: 'user' | 'world';
  readonly cure: (match: RegExpExecArray) => string;
}[] = [
  {
    // Before "no matching distribution": without network pip ends with that too.
    sign: /NewConnectionError|NameResolutionError|name resolution|ConnectTimeout|ReadTimeout|ProxyError|SSLError|dns error|error sending request|Could not fetch URL/i,
    by: 'world',
    cure: () =>
      'the package index cannot be reached. Check the network, the proxy (HTTPS_PROXY) and the index (PIP_INDEX_URL).',
  },
  {
    sign: /No space left on device|ENOSPC|Disk quota exceeded/i,
    by: 'world',
    cure: () => 'the disk is full. Free some space.',
  },
  {
    // Before the contradictions: uv calls it one.
    sign: /because (\S+) was not found in the package registry/i,
    by: 'user',
    cure: (match) => `there is no package "${match[1] ?? ''}". Check the spelling of the name.`,
  },
  {
    sign: /ResolutionImpossible|conflicting dependencies|are incompatible|requirements are unsatisfiable/i,
    by: 'user',
    cure: () => 'the requirements contradict each other. Loosen a pin.',
  },
  {
    sign: /Requires-Python[^]*No matching distribution found for (\S+)/i,
    by: 'user',
    cure: (match) => `no version of "${match[1] ?? ''}" fits this Python. Change the version, or "python".`,
  },
  {
    sign: /No matching distribution found for (.+?)(?: \(from .*)?\r?$/im,
    by: 'user',
    cure: (match) =>
      `there is no package "${match[1] ?? ''}". Check the spelling of the name, and the version.`,
  },
  {
    sign: /Invalid requirement: (.+)/i,
    by: 'user',
    cure: (match) => `a line of the requirements is not one: ${match[1] ?? ''}. Correct it.`,
  },
  {
    sign: /DO NOT MATCH THE HASHES|Hashes are required/i,
    by: 'user',
    cure: () => 'the hashes of the requirements do not fit. Make the file anew.',
  },
  {
    sign: /subprocess-exited-with-error|Failed building wheel|Failed to build/i,
    by: 'user',
    cure: () =>
      'a requirement has no ready-made package for this Python and could not be built. Choose another version of it, or install what its build asks for.',
  },
];

/** The lines that usually hold the reason. */
const LAST_LINES = 12;

/** Turns the log of a failed installation into what its reader can do. */
export function installError(log: string, logFile: string): UserError | InfrastructureError {
  const tail = log
    .trimEnd()
    .split(/\r?\n/)
    .slice(-LAST_LINES)
    .map((line) => `  ${line}`)
    .join('\n');
  const told = (reason: string) =>
    `Installing Python packages failed: ${reason}\nThe end of ${logFile}:\n${tail}`;
  for (const { sign, by, cure } of CAUSES) {
    const match = sign.exec(log);
    if (match === null) continue;
    return by === 'user' ? new UserError(told(cure(match))) : new InfrastructureError(told(cure(match)));
  }
  return new InfrastructureError(told('see what was printed.'));
}
