import type { Problem } from '../errors.ts';
import { quoted } from './describe-value.ts';
import { didYouMean } from './did-you-mean.ts';
import type { LocatedEntry } from './located-node.ts';

/** Says of a key that nobody knows which one was probably meant, or which there are. */
export function unknownKey(
  { key, keyPlace }: LocatedEntry,
  known: readonly string[],
  otherwise = '',
): Problem {
  const meant = didYouMean(key, known);
  const cure =
    meant === undefined ? `${otherwise}Known keys: ${known.join(', ')}.` : `Did you mean ${quoted(meant)}?`;
  return { ...keyPlace, message: `unknown key ${quoted(key)}. ${cure}` };
}
