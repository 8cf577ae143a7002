import type { Problem } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';
import type { NamedRun } from './name-runs.ts';

const INPUT = 'input select';
const SHOWN_NAMES = 10;

export interface Selection {
  readonly selected: readonly NamedRun[];
  readonly problems: readonly Problem[];
}

/**
 * The runs that the terms choose, in their order. A term is the name of a run or of an entry (all its runs), a name
 * in which `*` stands for any text and `?` for one character, or `tag:x`, where `*` and `?` work too; `!` in front
 * excludes. An exact name counts as that even if it looks like something else. Only excludes: everything but those.
 * A term that matches nothing is a problem: a typing error must not pass as an empty choice.
 */
export function selectRuns(runs: readonly NamedRun[], terms: readonly string[]): Selection {
  if (terms.length === 0) return { selected: runs, problems: [] };
  const problems: Problem[] = [];
  const chosen = new Set<NamedRun>();
  const excluded = new Set<NamedRun>();
  let choosing = false;
  for (const term of terms) {
    const { excludes, matches } = parseTerm(term, runs);
    choosing ||= !excludes;
    if (matches.length === 0) problems.push({ file: INPUT, message: nothingMatches(term, runs) });
    for (const run of matches) (excludes ? excluded : chosen).add(run);
  }
  const selected = runs.filter((run) => (!choosing || chosen.has(run)) && !excluded.has(run));
  if (selected.length === 0 && problems.length === 0) {
    const message = `"${terms.join(', ')}" leaves no run. There are: ${listNames(runs)}.`;
    problems.push({ file: INPUT, message });
  }
  return { selected, problems };
}

function parseTerm(
  term: string,
  runs: readonly NamedRun[],
): { excludes: boolean; matches: readonly NamedRun[] } {
  const exact = named(term, runs);
  if (exact.length > 0) return { excludes: false, matches: exact };
  if (term.startsWith('!')) return { excludes: true, matches: parseTerm(term.slice(1).trim(), runs).matches };
  if (term.startsWith('tag:')) {
    const tag = globPattern(term.slice('tag:'.length).trim());
    return {
      excludes: false,
      matches: runs.filter(({ entry }) => entry.settings.tags.some((each) => tag.test(each))),
    };
  }
  const pattern = globPattern(term);
  return {
    excludes: false,
    matches: runs.filter((run) => pattern.test(run.name) || pattern.test(run.entry.name)),
  };
}

function named(name: string, runs: readonly NamedRun[]): readonly NamedRun[] {
  return runs.filter((run) => run.name === name || run.entry.name === name);
}

/** Names hold slashes, parentheses, brackets and dots, so that only these two characters mean something else. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

function nothingMatches(term: string, runs: readonly NamedRun[]): string {
  const tags = [...new Set(runs.flatMap(({ entry }) => entry.settings.tags))].sort();
  const wanted = term.replace(/^!\s*/, '');
  if (wanted.startsWith('tag:')) {
    const guess = didYouMean(
      wanted,
      tags.map((tag) => `tag:${tag}`),
    );
    return `No run has "${wanted}".${guess} ${tags.length > 0 ? `Tags are: ${tags.join(', ')}.` : 'There are no tags.'}`;
  }
  const names = new Set([...runs.map(({ entry }) => entry.name), ...runs.map(({ name }) => name)]);
  return `No run is called "${wanted}".${didYouMean(wanted, names)} There are: ${listNames(runs)}.`;
}

function listNames(runs: readonly NamedRun[]): string {
  const names = [...new Set(runs.map(({ name }) => name))];
  const more = names.length - SHOWN_NAMES;
  return names.slice(0, SHOWN_NAMES).join(', ') + (more > 0 ? `, and ${more} more` : '');
}
