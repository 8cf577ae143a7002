import type { Parameters, Value } from '../model.ts';
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

function secretTexts(value: Value, secret: boolean): readonly string[] {
  if (typeof value === 'string') return secret && value.length >= SHORTEST_SECRET ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (value instanceof Map) {
    return [...(value as Parameters)].flatMap(([name, member]) =>
      secretTexts(member, secret || SECRET_PARAMETER.test(name)),
    );
  }
  return (value as readonly Value[]).flatMap((item) => secretTexts(item, secret));
}
