import type { Document, ErrorCode, YAMLError } from 'yaml';
import type { Problem } from '../errors.ts';
import { MAX_DEPTH } from './located-node.ts';
import type { SourceText } from './source-text.ts';

/** What to do about the mistakes whose name in the parser does not say it. */
const CURES: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'Quote text that starts with "*" or "&".',
  BAD_DQ_ESCAPE: 'Write \\\\ for a backslash, or use single quotes.',
  BAD_INDENT: 'Indent members of one object by the same spaces.',
  BAD_SCALAR_START: 'Quote the text.',
  BLOCK_AS_IMPLICIT_KEY: 'Quote text that contains ": ".',
  MULTILINE_IMPLICIT_KEY: 'Keep the key and its ":" on one line.',
  NON_STRING_KEY: 'Write a plain word or a quoted text as the key.',
  TAB_AS_INDENT: 'Use spaces.',
  TAG_RESOLVE_FAILED: 'Remove the tag; YAML 1.2 core has !!str, !!int, !!float, !!bool and !!null.',
};

/** The mistakes of a YAML text, in words with a cure; empty when its one document can be read. */
export function yamlSyntaxProblems(document: Document.Parsed, source: SourceText): Problem[] {
  // Warnings are tags that the parser would drop, which would change the value without a word.
  const mistakes = [...document.errors, ...document.warnings];
  // The parser reports under this code whatever it ran into, which is the end of the stack.
  const tooDeep = mistakes.find(
    ({ code, message }) => code === 'RESOURCE_EXHAUSTION' && /call stack/.test(message),
  );
  if (tooDeep !== undefined) return [{ ...source.placeAt(tooDeep.pos[0]), message: TOO_DEEP }];
  const problems = mistakes.map((mistake) => ({
    ...source.placeAt(mistake.pos[0]),
    message: sentence(mistake),
  }));
  const version = document.directives.yaml.version;
  if (version === '1.2') return problems;
  const message = `%YAML ${version} is asked for, and only YAML 1.2 is read. Remove the line.`;
  return [{ ...source.placeAt(0), message }, ...problems];
}

export const TOO_DEEP = `nested more than ${MAX_DEPTH} levels deep. Flatten the data, or put it in a file of its own.`;

function sentence({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second YAML document starts here. Keep one: remove the "---".';
  const cure = CURES[code];
  return cure === undefined ? `${message}.` : `${message}. ${cure}`;
}
