import type { Problem } from '../errors.ts';
import type { Parameters } from '../model.ts';
import { inFileOrder } from './in-file-order.ts';
import { readDocument } from './read-document.ts';
import { values } from './value-shapes.ts';

export interface ParsedParameters {
  readonly parameters: Parameters;
  readonly problems: readonly Problem[];
}

/** Reads the text of the input `parameters`, a JSON or YAML object; an empty text has none. */
export function parseValueText(text: string, file = 'input parameters'): ParsedParameters {
  const { root, problems: unreadable } = readDocument(text, file);
  if (root === undefined) return { parameters: new Map(), problems: unreadable };
  const problems = [...unreadable];
  const parameters = values.read(root, (problem) => problems.push(problem)) ?? new Map<string, never>();
  return { parameters, problems: inFileOrder(problems) };
}
