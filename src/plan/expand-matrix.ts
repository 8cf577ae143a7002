import type { Matrix, Parameters, Value } from '../model.ts';
import { didYouMean } from './did-you-mean.ts';
import { matchesPattern } from './same-value.ts';

/** Far above what one machine executes, far below what exhausts its memory. */
export const MAX_COMBINATIONS = 100_000;

export interface MatrixProblem {
  /** Below the entry, for instance `/matrix/exclude/0`. */
  readonly pointer: string;
  readonly message: string;
}

export interface Expansion {
  readonly combinations: readonly Parameters[];
  /** When there are any, the combinations mean nothing. */
  readonly problems: readonly MatrixProblem[];
}

/**
 * The combinations of a sweep, by the rules of a workflow's `strategy.matrix`: the product of the dimensions, the
 * first one slowest, without what `exclude` matches; then each `include` object is added to the combinations whose
 * original values it does not change, or becomes a combination of its own when there are none.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrixinclude
 */
export function expandMatrix(matrix: Matrix): Expansion {
  const problems = [...mistakes(matrix)];
  if (problems.length > 0) return { combinations: [], problems };

  const originals = product(matrix.dimensions).filter(
    (combination) => !matrix.exclude.some((filter) => matchesAll(filter, combination)),
  );
  const combinations = withIncludes(originals, matrix);
  if (combinations.length > 0) return { combinations, problems: [] };
  const message =
    matrix.exclude.length > 0
      ? '"exclude" leaves no combination of the matrix. Remove an exclude or add an "include".'
      : 'The matrix has no combinations. Give it a parameter with a list of values.';
  return { combinations: [], problems: [{ pointer: '/matrix', message }] };
}

function* mistakes({ dimensions, include, exclude }: Matrix): Generator<MatrixProblem> {
  for (const [name, values] of dimensions) {
    if (values.length > 0) continue;
    const message = `"${name}" has no values, so that nothing would run. List at least one, or remove it.`;
    yield { pointer: `/matrix/${pointerPart(name)}`, message };
  }
  for (const [index, object] of include.entries()) {
    if (object.size === 0)
      yield { pointer: `/matrix/include/${index}`, message: 'This object adds nothing. Remove it.' };
  }
  for (const [index, object] of exclude.entries()) {
    const pointer = `/matrix/exclude/${index}`;
    if (object.size === 0) yield { pointer, message: 'This object would exclude everything. Remove it.' };
    for (const key of object.keys()) {
      if (dimensions.has(key)) continue;
      const message = `"${key}" is not a parameter of this matrix, so that this never matches.${didYouMean(key, dimensions.keys())}`;
      yield { pointer: `${pointer}/${pointerPart(key)}`, message };
    }
  }
  const size = sizeOf(dimensions) + include.length;
  if (size > MAX_COMBINATIONS) yield { pointer: '/matrix', message: tooMany(size) };
}

export function tooMany(combinations: number): string {
  return `The matrix has ${combinations} combinations; at most ${MAX_COMBINATIONS} can run in one batch.`;
}

/** The part of a JSON pointer that stands for a key. */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** May be too large to be exact, but not too large to compare. */
function sizeOf(dimensions: Matrix['dimensions']): number {
  if (dimensions.size === 0) return 0;
  return [...dimensions.values()].reduce((size, values) => size * values.length, 1);
}

function product(dimensions: Matrix['dimensions']): Parameters[] {
  // A matrix of includes only has no original combination, not an empty one.
  if (dimensions.size === 0) return [];
  let combinations: [string, Value][][] = [[]];
  for (const [name, values] of dimensions) {
    combinations = combinations.flatMap((pairs) =>
      values.map((value): [string, Value][] => [...pairs, [name, value]]),
    );
  }
  return combinations.map((pairs) => new Map(pairs));
}

function withIncludes(originals: readonly Parameters[], { dimensions, include }: Matrix): Parameters[] {
  const extended = originals.map((combination) => new Map(combination));
  const alone: Parameters[] = [];
  for (const object of include) {
    const added = [...object].filter(([key]) => !dimensions.has(key));
    const conditions = new Map([...object].filter(([key]) => dimensions.has(key)));
    let fits = false;
    for (const [index, original] of originals.entries()) {
      if (!matchesAll(conditions, original)) continue;
      fits = true;
      for (const [key, value] of added) extended[index]?.set(key, value);
    }
    if (!fits) alone.push(object);
  }
  return [...extended, ...alone];
}

function matchesAll(conditions: Parameters, combination: Parameters): boolean {
  return [...conditions].every(([key, pattern]) => {
    const value = combination.get(key);
    return value !== undefined && matchesPattern(pattern, value);
  });
}
