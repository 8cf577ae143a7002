import type { Parameters } from '../model.ts';
import type { InputName } from './input-definitions.ts';

/** What was asked of the action or the command line, still as text. */
export interface RawInputs {
  readonly face: 'action' | 'command-line';
  /** Text of each input that was given. An empty one counts as not given. */
  readonly values: ReadonlyMap<InputName, string>;
  /** `-p NAME VALUE`, typed; laid over the input `parameters`. */
  readonly parameters: Parameters;
}

/** What a message calls an input: `input cell-timeout`, `option --cell-timeout`. */
export function inputLabel(face: RawInputs['face'], name: InputName): string {
  if (face === 'action') return `input ${name}`;
  return name === 'configs' ? 'argument CONFIGS' : `option --${name}`;
}
