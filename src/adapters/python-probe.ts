import { runPythonChild } from './python-child.ts';
import { pythonFile } from './python-files.ts';

/** What an interpreter says about itself; written by python/probe.py. */
export interface ProbedPython {
  /** Absolute; the interpreter itself where a shim (pyenv, asdf) was called. */
  readonly executable: string;
  readonly version: string;
  /** Root of its environment. It differs from `basePrefix` in a virtual environment. */
  readonly prefix: string;
  readonly basePrefix: string;
  /** Where its pip puts packages. */
  readonly installsInto: string;
  /** Directories it finds packages in, in order. */
  readonly siteDirectories: readonly string[];
  /** Changes whenever a package comes, goes or gets another version. */
  readonly distributions: string;
  /** Versions; null when the package is not there. */
  readonly jupyterServer: string | null;
  readonly ipykernel: string | null;
  readonly externallyManaged: boolean;
  readonly hasVenv: boolean;
  readonly hasEnsurepip: boolean;
  readonly hasPip: boolean;
  readonly hasVirtualenv: boolean;
}

export type ProbeOutcome =
  | { readonly kind: 'python'; readonly python: ProbedPython }
  | { readonly kind: 'too-old'; readonly executable: string; readonly version: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-answer'; readonly detail: string };

export interface PythonCommand {
  readonly command: string;
  /** What stands before the script, for instance `-3` for the launcher of Windows. */
  readonly args: readonly string[];
}

/** A probe takes 0.1 s; the first start of a Python on a cold disk, or behind a virus scanner, takes many seconds. */
const PROBE_DEADLINE_MS = 30_000;
const ANSWER = /^parallel-notebooks-probe (\{.*\})\r?$/m;

/** Asks an interpreter about itself and its packages. Rejects only on abort. */
export async function probePython(
  { command, args }: PythonCommand,
  options: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<ProbeOutcome> {
  const end = await runPythonChild({
    command,
    args: [...args, pythonFile('probe.py')],
    deadlineMs: PROBE_DEADLINE_MS,
    ...options,
  });
  switch (end.kind) {
    case 'not-started':
      return { kind: 'not-found' };
    case 'timed-out':
      return { kind: 'no-answer', detail: `it did not answer within ${PROBE_DEADLINE_MS / 1000} s` };
    case 'exited': {
      const answer = ANSWER.exec(end.stdout)?.[1];
      if (end.code === 0 && answer !== undefined) return parseAnswer(answer);
      const lastLine = end.stderr.trimEnd().split('\n').at(-1) ?? '';
      return {
        kind: 'no-answer',
        detail: `it ended with status ${end.code ?? 'unknown'}. ${lastLine}`.trim(),
      };
    }
  }
}

/** An answer of python/probe.py is ours, so only its first part can vary: an old Python ends after the version. */
function parseAnswer(text: string): ProbeOutcome {
  const answer = JSON.parse(text) as ProbedPython | Pick<ProbedPython, 'executable' | 'version'>;
  return 'siteDirectories' in answer ? { kind: 'python', python: answer } : { kind: 'too-old', ...answer };
}
