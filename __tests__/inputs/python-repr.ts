import type { Value } from '../../src/model.ts';

/** Type and text of a value in the words of the tables that Python made: str() of an integer, repr() of a float. */
export function pythonRepr(value: Value): readonly [type: string, shown: string] {
  if (typeof value === 'bigint') return ['int', String(value)];
  if (typeof value === 'boolean') return ['bool', value ? 'True' : 'False'];
  if (typeof value === 'string') return ['str', value];
  if (value === null) return ['none', 'None'];
  if (typeof value === 'number') return ['float', floatRepr(value)];
  throw new Error('the tables have scalars only');
}

function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
