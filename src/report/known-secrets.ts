import type { Parameters, Request, Value } from '../model.ts';
import { SHORTEST_SECRET } from './secret-encodings.ts';

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|KEY|CREDENTIAL/i;

/**
 * Values that must never be published: of variables whose names look secret, of inputs that are tokens (`inputs`), and
 * of the variables that the user lists (`redactEnv`, names). Values of fewer than eight characters are in every other
 * word, and left out.
 */
export function knownSecrets(
  env: Readonly<Record<string, string | undefined>>,
  options: { readonly inputs: readonly (string | undefined)[]; readonly redactEnv: readonly string[] },
): readonly string[] {
  const named = Object.entries(env)
    .filter(([name]) => SECRET_NAME.test(name) || options.redactEnv.includes(name))
    .map(([, value]) => value);
  const values = [...named, ...options.inputs].map((value) => value?.trim() ?? '');
  return [...new Set(values)].filter((value) => value.length >= SHORTEST_SECRET);
}

/** `key` alone names a column more often than a secret. */
const SECRET_PARAMETER = /(?:token|secret|passwd|password|credentials?|(?:api|access|private|secret)_?key)$/i;

/** Texts among a run's parameters, also within objects and lists, whose name says that they are secret. */
export function secretParameters(parameters: Parameters): readonly string[] {
  return [...parameters].flatMap(([name, value]) => secretTexts(value, SECRET_PARAMETER.test(name)));
}

/** The same for everything that a request may give to its notebooks. */
export function requestSecrets({
  entries,
  parameters,
}: Pick<Request, 'entries' | 'parameters'>): readonly string[] {
  const given = entries.flatMap(({ parameters: own, matrix }): Parameters[] => [
    own,
    ...(matrix === undefined ? [] : [matrix.dimensions, ...matrix.include]),
  ]);
  return [...new Set([parameters, ...given].flatMap(secretParameters))];
}

/** Says that parameters look secret, once for all runs; undefined when none does. `named`: those of the runs. */
export function secretParametersWarning(named: readonly Parameters[]): string | undefined {
  const names = [...new Set(named.flatMap(secretNames))];
  if (names.length === 0) return undefined;
  const list = names.map((name) => JSON.stringify(name)).join(', ');
  return `Parameters that look secret: ${list}. Their values are written as *** if they have eight characters or more. Give secrets through the environment.`;
}

function secretNames(parameters: Parameters): readonly string[] {
  return [...parameters].flatMap(([name, value]) => [
    ...(SECRET_PARAMETER.test(name) ? [name] : []),
    ...(value instanceof Map ? secretNames(value as Parameters) : []),
  ]);
}

function secretTexts(value: Value, secret: boolean): readonly string[] {
  if (typeof value === 'string' || typeof value === 'bigint') {
    const text = String(value);
    return secret && text.length >= SHORTEST_SECRET ? [text] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (value instanceof Map) {
    return [...(value as Parameters)].flatMap(([name, member]) =>
      secretTexts(member, secret || SECRET_PARAMETER.test(name)),
    );
  }
  return (value as readonly Value[]).flatMap((item) => secretTexts(item, secret));
}
