import { INPUT_NAMES } from './input-definitions.ts';
import type { RawInputs } from './raw-inputs.ts';

/**
 * The inputs as the runner passes them: variables `INPUT_…` with the name in upper case, spaces as `_`, hyphens kept.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs
 */
export function readActionInputs(env: Readonly<Record<string, string | undefined>>): RawInputs {
  const given = INPUT_NAMES.flatMap((name) => {
    const text = env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`];
    return text === undefined || text.trim() === '' ? [] : [[name, text] as const];
  });
  return { face: 'action', values: new Map(given), parameters: new Map() };
}
