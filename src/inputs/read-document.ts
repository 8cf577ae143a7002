import { detectFormat } from './detect-format.ts';
import type { LocatedDocument } from './located-node.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { sourceText } from './source-text.ts';

const MOST_SYNTAX_PROBLEMS = 20; // past it, one early mistake is being told again and again

/**
 * Reads JSON or YAML. Without `root` and without problems, the text is empty; mistakes that leave the rest readable
 * (a repeated key, a number too large) come with a root.
 */
export function readDocument(text: string, file: string): LocatedDocument {
  const source = sourceText(file, text);
  const document = detectFormat(file, source.text) === 'json' ? readJson(source) : readYaml(source);
  const next = document.problems[MOST_SYNTAX_PROBLEMS];
  if (document.root !== undefined || next === undefined) return document;
  const more = document.problems.length - MOST_SYNTAX_PROBLEMS;
  const rest = { ...next, message: `from here on, ${more} more mistakes. Mend the ones above first.` };
  return { root: undefined, problems: [...document.problems.slice(0, MOST_SYNTAX_PROBLEMS), rest] };
}
