import type { Problem } from '../errors.ts';
import type { Value } from '../model.ts';
import { parsePapermillValue } from './parse-papermill-value.ts';

export interface TakenParameters {
  /** The later of two of one name, as papermill does it. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** The other arguments. */
  readonly rest: readonly string[];
  readonly problems: readonly Problem[];
}

/** Takes every `-p NAME VALUE` out of the arguments; the two words after `-p` are taken whatever they start with. */
export function takeParameters(argv: readonly string[]): TakenParameters {
  const parameters = new Map<string, Value>();
  const rest: string[] = [];
  const problems: Problem[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '--') {
      rest.push(...argv.slice(index));
      break;
    }
    if (argument !== '-p') {
      rest.push(argument);
      continue;
    }
    const [name, value] = argv.slice(index + 1, index + 3);
    if (name === undefined || name === '' || value === undefined) {
      problems.push({
        file: 'option -p',
        message: 'expected a name and a value. Write for instance -p alpha 0.1.',
      });
    } else parameters.set(name, parsePapermillValue(value));
    index += 2;
  }
  return { parameters, rest, problems };
}
