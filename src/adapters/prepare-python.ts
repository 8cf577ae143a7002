import type { PythonRequest } from '../model.ts';
import { findPython } from './find-python.ts';
import { ownEnvironment } from './python-environment.ts';
import { missingPackages, PACKAGE_RULES, packageWarnings } from './python-packages.ts';
import type { ProbedPython } from './python-probe.ts';
import { installRefusal } from './python-refusal.ts';
import type { Requirements } from './python-requirements.ts';
import { namesPackage, readRequirements } from './python-requirements.ts';

export interface PythonPreparation extends PythonRequest {
  /** Absolute; where environments of our own are kept between batches. */
  readonly cacheDir: string;
  /** undefined = this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** An answer that has been asked for already. */
  readonly found?: Promise<ProbedPython>;
}

/** A Python that has a recent enough jupyter_server and ipykernel. */
export interface Interpreter {
  /** Absolute. */
  readonly executable: string;
  readonly version: string;
  readonly jupyterServerVersion: string;
  readonly ipykernelVersion: string;
  /** Whether it is an environment of ours, on top of the user's packages. */
  readonly ownEnvironment: boolean;
}

/**
 * Finds the Python for a batch; when it lacks packages, or requirements are asked for, installs them once in an
 * environment of our own. `log` receives lines for people: what is being installed, and warnings.
 * Throws UserError (no usable Python, `install: never`, a wrong requirement) or InfrastructureError (network, disk).
 */
export async function preparePython(
  request: PythonPreparation,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<Interpreter> {
  const env = request.env ?? process.env;
  const requirements = await readRequirements(request.requirements);
  const found = await (request.found ?? findPython(request.interpreter, { env, signal }));
  const complete = missingPackages(found).length === 0 && requirements.files.length === 0;
  if (!complete && request.install === 'never') throw installRefusal(found, requirements);

  const python = complete
    ? found
    : await ownEnvironment({
        parent: found,
        specs: specsFor(found, requirements),
        requirements,
        cacheDir: request.cacheDir,
        env,
        announce: () => log(announcement(found, requirements, request.cacheDir)),
        announceWait: () => log('Waiting for another process that is installing the same packages.'),
        signal,
      });
  packageWarnings(python).forEach(log);
  return {
    executable: python.executable,
    version: python.version,
    jupyterServerVersion: python.jupyterServer ?? 'unknown',
    ipykernelVersion: python.ipykernel ?? 'unknown',
    ownEnvironment: !complete,
  };
}

/** Recent versions of what we need, unless the user's requirements have a say: then our minimum. */
function specsFor(python: ProbedPython, requirements: Requirements): string[] {
  return PACKAGE_RULES.map((rule) =>
    namesPackage(requirements, rule.name) ? `${rule.name}>=${rule.atLeast}` : rule.install(python),
  );
}

function announcement(python: ProbedPython, { count }: Requirements, cacheDir: string): string {
  const parts: string[] = missingPackages(python).map((rule) => rule.name);
  if (count > 0) parts.push(count === 1 ? '1 requirement' : `${count} requirements`);
  const last = parts.pop() ?? 'packages';
  const list = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  const version = python.version.split('.').slice(0, 2).join('.');
  return `Installing ${list} for Python ${version} (once; kept in ${cacheDir})`;
}
