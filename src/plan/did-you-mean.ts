import { distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` when something known is close to the word, otherwise nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const guess = closestTo(word, known);
  return guess === undefined ? '' : ` Did you mean "${guess}"?`;
}

function closestTo(word: string, known: Iterable<string>): string | undefined {
  // A third of the letters may be wrong; two always, for short names.
  let nearest = Math.max(2, Math.floor(word.length / 3)) + 1;
  let guess: string | undefined;
  for (const candidate of known) {
    if (candidate === word) continue;
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < nearest && far < candidate.length) {
      nearest = far;
      guess = candidate;
    }
  }
  return guess;
}
