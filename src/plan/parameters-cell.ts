import { hasTag } from '../notebook/cell-tags.ts';
import type { Cell, Notebook } from '../notebook/types.ts';
import { pythonAssignments } from './python-assignments.ts';
import { literalType } from './python-types.ts';

/** A parameter that a notebook defines, with its default. */
export interface DefinedParameter {
  readonly name: string;
  /** Source text of the default; undefined when the cell only declares a type or unpacks several at once. */
  readonly defaultText: string | undefined;
  /** As annotated or commented, else the type of a literal default; undefined when neither tells. */
  readonly type: string | undefined;
}

/** The first cell tagged `parameters`, behind which values are injected. */
export function parametersCell(notebook: Notebook): Cell | undefined {
  return notebook.cells.find((cell) => cell.cell_type === 'code' && hasTag(cell, 'parameters'));
}

/** The parameters that a Python cell defines, in order; of one defined twice, the last. */
export function definedParameters(source: string): DefinedParameter[] {
  const defined = pythonAssignments(source).map(({ name, value, annotation }): DefinedParameter => {
    const type = annotation ?? (value === undefined ? undefined : literalType(value));
    return { name, defaultText: value, type };
  });
  return [...new Map(defined.map((parameter) => [parameter.name, parameter])).values()];
}
