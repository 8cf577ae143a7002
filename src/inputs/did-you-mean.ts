import { distance } from 'fastest-levenshtein';
import { quoted } from './describe-value.ts';

const LONGEST_COMPARED = 200; // the comparison takes time of length × length
const SHORTEST_PREFIX = 4; // below it, a common beginning is chance

/**
 * The candidate that was probably meant: the nearest by typing mistakes (at most one per three letters; case, `-`
 * and `_` do not count), otherwise one that continues the word or that the word continues.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST_COMPARED) return undefined;
  const written = plain(word);
  const ranked = candidates
    .filter((candidate) => candidate !== word && candidate.length <= LONGEST_COMPARED)
    .map((candidate) => ({ candidate, mistakes: distance(written, plain(candidate)) }))
    .sort((a, b) => a.mistakes - b.mistakes);
  const [nearest] = ranked;
  if (nearest === undefined) return undefined;
  const allowed = Math.floor(Math.max(written.length, plain(nearest.candidate).length) / 3);
  if (nearest.mistakes <= allowed) return nearest.candidate;
  return ranked.find(({ candidate }) => continues(written, plain(candidate)))?.candidate;
}

/** ` Did you mean "x"?`, ready to follow a sentence; empty when nothing is near. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = didYouMean(word, candidates);
  return meant === undefined ? '' : ` Did you mean ${quoted(meant)}?`;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

function continues(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= SHORTEST_PREFIX && long.startsWith(short);
}
