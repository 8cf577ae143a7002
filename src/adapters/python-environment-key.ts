import { createHash } from 'node:crypto';

import type { ProbedPython } from './python-probe.ts';
import type { Requirements } from './python-requirements.ts';

/** Raise when environments are made in another way, so that those of older versions are left alone. */
const RECIPE = 1;

/**
 * The name of an environment: everything that decides what is in it. Equal keys, equal environments.
 * The packages of the parent count, for pip leaves out what the parent has.
 */
export function environmentKey(
  parent: ProbedPython,
  specs: readonly string[],
  requirements: Requirements,
): string {
  const { executable, version, distributions } = parent;
  const hash = createHash('sha256')
    .update(JSON.stringify([RECIPE, executable, version, distributions, specs, requirements.texts]))
    .digest('hex');
  return `python-${version}-${hash.slice(0, 16)}`;
}
