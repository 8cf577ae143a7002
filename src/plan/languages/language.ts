import type { Value } from '../../model.ts';

/** How one language writes parameters: one row of the table in `languages.ts`. */
export interface Language {
  /** For people. */
  readonly name: string;
  /** Names of kernels that are known to run it. */
  readonly kernels: RegExp;
  /** What notebooks call it, in lower case. */
  readonly languages: readonly string[];
  /** The whole of a name that is a variable. */
  readonly identifier: RegExp;
  /** The same in words, to follow "needs". */
  readonly identifierRule: string;
  /** Names that mean something else; in lower case where the language ignores case. */
  readonly reserved: ReadonlySet<string>;
  readonly ignoresCase: boolean;
  /** How deep lists and objects may be nested before its parser gives up. */
  readonly maxNesting: number;
  comment(text: string): string;
  assign(name: string, source: string): string;
  readonly write: ValueWriters;
}

/** Source text of a value. Lists and objects receive the source of what they hold. They throw Untranslatable. */
export interface ValueWriters {
  readonly none: string;
  readonly true: string;
  readonly false: string;
  text(value: string): string;
  integer(value: bigint): string;
  float(value: number): string;
  list(values: readonly Value[], sources: readonly string[]): string;
  object(members: readonly Member[]): string;
}

export interface Member {
  readonly key: string;
  readonly value: Value;
  readonly source: string;
}

/** The language has no way to hold the value. The message follows "The value" and ends with the cure, without a full stop. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
}

export function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
