import type { Matrix, Parameters, Value } from '../model.ts';
import { describeValue } from './describe-value.ts';
import type { LocatedEntry, LocatedNode } from './located-node.ts';
import { valueOf } from './located-node.ts';
import type { Report, Shape } from './shape.ts';
import { mistake } from './shape.ts';
import { values } from './value-shapes.ts';

const COMBINATIONS = new Set(['include', 'exclude']);

/** The shape of a sweep; what it expands to is the plan's business. */
export const matrix: Shape<Matrix> = {
  schema: {
    type: 'object',
    properties: {
      include: {
        description:
          'Combinations to add, or values to add to combinations, by the rules of a workflow’s matrix.',
        type: 'array',
        items: values.schema,
      },
      exclude: {
        description: 'Combinations to leave out: every one that has all the values of an item.',
        type: 'array',
        items: values.schema,
      },
    },
    additionalProperties: { type: 'array', minItems: 1 },
    propertyNames: { minLength: 1 },
    not: { propertyNames: { const: 'exclude' } },
  },
  read: (node, report) => {
    if (node.kind !== 'object') {
      report(mistake(node, 'an object of parameter and values', 'Write for instance {"seed": [1, 2, 3]}.'));
      return undefined;
    }
    const swept = node.entries.filter((entry) => !COMBINATIONS.has(entry.key));
    const result = {
      dimensions: new Map(swept.map((entry) => [entry.key, readDimension(entry, report)])),
      include: node.entries.flatMap((entry) => readCombinations(entry, 'include', report)),
      exclude: node.entries.flatMap((entry) => readCombinations(entry, 'exclude', report)),
    };
    const includes = node.entries.some((entry) => entry.key === 'include');
    if (swept.length === 0 && !includes) {
      report(mistake(node, 'at least one parameter to sweep', 'Write for instance {"seed": [1, 2, 3]}.'));
    }
    return result;
  },
};

function readDimension({ key, keyPlace, value }: LocatedEntry, report: Report): readonly Value[] {
  if (key === '') report({ ...keyPlace, message: 'a list of values has no name. Write one.' });
  if (value.kind !== 'array') report(mistake(value, 'a list of values', listCure(value)));
  else if (value.items.length === 0) report(mistake(value, 'a list of values', 'Write at least one value.'));
  else return value.items.map(valueOf);
  return [];
}

function readCombinations(entry: LocatedEntry, key: string, report: Report): readonly Parameters[] {
  if (entry.key !== key) return [];
  if (entry.value.kind === 'array')
    return entry.value.items.flatMap((item) => values.read(item, report) ?? []);
  report(mistake(entry.value, 'a list of objects', 'Write for instance [{"alpha": 1.0, "seed": 3}].'));
  return [];
}

function listCure(node: LocatedNode): string {
  return node.kind === 'object' ? 'Write the values in [ ].' : `Write [${describeValue(node)}].`;
}
