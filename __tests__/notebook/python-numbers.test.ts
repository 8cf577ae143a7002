import { expect, test } from 'vitest';
import { pythonFloat } from '../../src/notebook/python-numbers.ts';
import floats from './golden/floats.json' with { type: 'json' };

function double(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

test('floats have the text that Python gives them', () => {
  const rows = floats as unknown as [string, string][];
  expect(rows.map(([hex]) => [hex, pythonFloat(double(hex))])).toEqual(rows);
});
