import type { Parameters, Value } from '../model.ts';
import { type Language, Untranslatable } from './languages/language.ts';

export interface ParameterProblem {
  /** The parameter's name, and below it the keys and indexes of what is wrong. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export interface ParameterSource {
  /** A comment line and one assignment per parameter, each ending in a newline, as papermill writes them. */
  readonly source: string;
  /** Names and values that the language does not take; when there are any, the source sets nothing. */
  readonly problems: readonly ParameterProblem[];
}

/** The source of the cell that sets the parameters. */
export function parameterSource(parameters: Parameters, language: Language): ParameterSource {
  const problems = nameProblems([...parameters.keys()], language);
  const lines = [...parameters].map(([name, value]) =>
    language.assign(name, wholeSource({ value, path: [name], language, refused: problems })),
  );
  // A name that is not one must never become source.
  const source = [language.comment('Parameters'), ...(problems.length === 0 ? lines : [])];
  return { source: source.map((line) => `${line}\n`).join(''), problems };
}

function nameProblems(names: readonly string[], language: Language): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  const seen = new Map<string, string>();
  for (const name of names) {
    const folded = language.ignoresCase ? name.toLowerCase() : name;
    const same = seen.get(folded);
    if (!language.identifier.test(name)) {
      const message = `"${name}" cannot be a variable of ${language.name}, which needs ${language.identifierRule}.${suggestion(name, language)}`;
      problems.push({ path: [name], message });
    } else if (language.reserved.has(folded)) {
      problems.push({
        path: [name],
        message: `"${name}" means something else in ${language.name}. Choose another name.`,
      });
    } else if (same !== undefined) {
      const message = `"${same}" and "${name}" are one variable in ${language.name}, where upper and lower case are the same. Rename one.`;
      problems.push({ path: [name], message });
    }
    seen.set(folded, name);
  }
  return problems;
}

function suggestion(name: string, language: Language): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const fits = [plain, `p_${plain}`].find(
    (each) => language.identifier.test(each) && !language.reserved.has(each),
  );
  return fits === undefined ? '' : ` Write for instance "${fits}".`;
}

/** What is nested too deep is not even tried: every level would look at all below it. */
function wholeSource(translation: Translation): string {
  const { value, path, language, refused } = translation;
  const { name, maxNesting } = language;
  if (depthOf(value) <= maxNesting) return translate(translation);
  const message = `The value is nested more than ${maxNesting} deep, which ${name} cannot read. Write it to a file and pass its path.`;
  refused.push({ path, message });
  return '';
}

function depthOf(value: Value): number {
  if (value === null || typeof value !== 'object') return 0;
  const members = isMap(value) ? [...value.values()] : value;
  return 1 + members.reduce((deepest: number, member) => Math.max(deepest, depthOf(member)), 0);
}

interface Translation {
  readonly value: Value;
  readonly path: readonly (string | number)[];
  readonly language: Language;
  /** Filled with what cannot be written. */
  readonly refused: ParameterProblem[];
}

function translate({ value, path, language, refused }: Translation): string {
  const { write } = language;
  const before = refused.length;
  const inner = (member: Value, key: string | number) =>
    translate({ value: member, path: [...path, key], language, refused });
  try {
    if (value === null) return write.none;
    if (typeof value === 'boolean') return value ? write.true : write.false;
    if (typeof value === 'string') return write.text(value);
    if (typeof value === 'bigint') return write.integer(value);
    if (typeof value === 'number') return write.float(value);
    if (isMap(value)) {
      return write.object(
        [...value].map(([key, member]) => ({ key, value: member, source: inner(member, key) })),
      );
    }
    return write.list(value, value.map(inner));
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    // What is wrong with the whole says more than what is wrong inside.
    refused.splice(before, Infinity, { path, message: `The value ${error.message}.` });
    return '';
  }
}

function isMap(value: readonly Value[] | ReadonlyMap<string, Value>): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}
