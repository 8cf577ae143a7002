import type { Problem } from '../errors.ts';
import { quoted } from './describe-value.ts';
import type { LocatedEntry } from './located-node.ts';

/** One problem per repeated key, naming both places. */
export function duplicateKeys(entries: readonly LocatedEntry[]): Problem[] {
  const first = new Map<string, LocatedEntry>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    const earlier = first.get(entry.key);
    if (earlier === undefined) first.set(entry.key, entry);
    else {
      const { line, column } = earlier.keyPlace;
      const message = `the key ${quoted(entry.key)} is already at ${line ?? '?'}:${column ?? '?'}. Keep one of the two.`;
      problems.push({ ...entry.keyPlace, message });
    }
  }
  return problems;
}
