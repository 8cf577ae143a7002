import { UserError } from '../errors.ts';
import type { ProbedPython, ProbeOutcome, PythonCommand } from './python-probe.ts';
import { probePython } from './python-probe.ts';

/** Where Python is looked for when none is named, in order. */
const CANDIDATES: readonly PythonCommand[] = [
  { command: 'python3', args: [] },
  { command: 'python', args: [] },
];
/** Environments on Windows have no python3.exe, and outside them that name may open the Microsoft Store. */
const WINDOWS_CANDIDATES: readonly PythonCommand[] = [
  { command: 'python', args: [] },
  { command: 'python3', args: [] },
  { command: 'py', args: ['-3'] },
];

const CURE = 'Install Python 3.10 or newer, or name one with "python", for instance .venv/bin/python.';

/**
 * The interpreter named, or the first usable one on PATH, asked about itself.
 * Throws UserError when there is none, or when the one named is older than 3.10.
 */
export async function findPython(
  interpreter: string | undefined,
  options: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<ProbedPython> {
  const complaints: string[] = [];
  for (const candidate of candidates(interpreter)) {
    const outcome = await probePython(candidate, options);
    if (outcome.kind === 'python') return outcome.python;
    complaints.push(`"${[candidate.command, ...candidate.args].join(' ')}" ${complaint(outcome)}.`);
  }
  throw new UserError(`No usable Python: ${complaints.join(' ')} ${CURE}`);
}

function candidates(interpreter: string | undefined): readonly PythonCommand[] {
  if (interpreter !== undefined) return [{ command: interpreter, args: [] }];
  return process.platform === 'win32' ? WINDOWS_CANDIDATES : CANDIDATES;
}

function complaint(outcome: Exclude<ProbeOutcome, { kind: 'python' }>): string {
  switch (outcome.kind) {
    case 'not-found':
      return 'is not there or cannot be executed';
    case 'too-old':
      return `is Python ${outcome.version} (${outcome.executable})`;
    case 'no-answer':
      return `does not work as Python: ${outcome.detail.replace(/\.$/, '')}`;
  }
}
