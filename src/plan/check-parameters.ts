import type { Parameters } from '../model.ts';
import { didYouMean } from './did-you-mean.ts';
import { type DefinedParameter, definedParameters } from './parameters-cell.ts';
import { pythonRepr } from './python-text.ts';
import { fitsType, pythonTypeOf } from './python-types.ts';

export interface ParameterFinding {
  readonly kind: 'unknown' | 'wrong type';
  readonly name: string;
  readonly message: string;
}

/** Long values are only begun. */
const SHOWN_CHARS = 60;

/**
 * What a notebook's `parameters` cell does not expect: parameters that it does not define (papermill's words), and
 * values of another type than it declares, or than its default has. `cell` is the source of the cell, in Python.
 */
export function checkParameters(parameters: Parameters, cell: string): ParameterFinding[] {
  const defined = new Map(definedParameters(cell).map((parameter) => [parameter.name, parameter]));
  return [...parameters].flatMap(([name, value]): ParameterFinding[] => {
    const expected = defined.get(name);
    if (expected === undefined) {
      const message = `Passed unknown parameter: ${name}.${didYouMean(name, defined.keys())}`;
      return [{ kind: 'unknown', name, message }];
    }
    if (expected.type === undefined || takesAnything(expected) || fitsType(value, expected.type)) return [];
    const got = pythonRepr(value);
    const shown = got.length > SHOWN_CHARS ? `${got.slice(0, SHOWN_CHARS)}…` : got;
    const message = `${name} is ${expected.type} in the parameters cell, got ${shown} (${pythonTypeOf(value)}).`;
    return [{ kind: 'wrong type', name, message }];
  });
}

/** A default of None says that there is no default, not which type is wanted. */
function takesAnything({ defaultText, type }: DefinedParameter): boolean {
  return type === 'None' && defaultText === 'None';
}
