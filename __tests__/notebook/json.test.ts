import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonSyntaxError, parseJson } from '../../src/notebook/json.ts';
import { stringifyJson } from '../../src/notebook/write-json.ts';

const ONE_LINE = { indent: undefined, sortKeys: false };
const again = (text: string) => stringifyJson(parseJson(text), ONE_LINE).trimEnd();

describe('numbers are written as Python writes what it has read', () => {
  test.each([
    ['1', '1'],
    ['-0', '0'],
    ['1.0', '1.0'],
    ['-0.0', '-0.0'],
    ['1.50', '1.5'],
    ['1e16', '1e+16'],
    ['1e15', '1000000000000000.0'],
    ['1E2', '100.0'],
    ['1e-5', '1e-05'],
    ['0.00001', '1e-05'],
    ['0.0001', '0.0001'],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901', '123456789012345678901'],
    ['-123456789012345678901', '-123456789012345678901'],
    ['1e400', '1e400'],
    ['[1.0,{"a": 2.0}]', '[1.0, {"a": 2.0}]'],
  ])('%s → %s', (text, written) => {
    expect(again(text)).toBe(written);
    // The same numbers where only a reviver finds them.
    expect(again(`[${text} ]`)).toBe(`[${written}]`);
  });
});

test('plain numbers stay plain', () => {
  expect(parseJson('[1, 1.5, -3, 0.25, "1.0, 2.0"]')).toEqual([1, 1.5, -3, 0.25, '1.0, 2.0']);
});

test('NaN and the infinities of Python are read, outside strings only', () => {
  expect(parseJson('{"a": [NaN, Infinity, -Infinity], "b\\\\": "\\"NaN", "c": 1.0}')).toEqual({
    a: [NaN, Infinity, -Infinity],
    'b\\': '"NaN',
    c: JSON.rawJSON('1.0'),
  });
  expect(again('[NaN, -Infinity]')).toBe('["nan", "-inf"]');
});

describe('what is not JSON is refused with its place', () => {
  test.each([
    ['{"a": 1,}', 1, 9],
    ['{\n "a": nope\n}', 2, 7],
    ['{"a": "x', 1, 7],
    ['{"a": NaN,\n "b": }', 2, 7],
    ['// no comments\n{}', 1, 1],
  ])('%j', (text, line, column) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ place: { line, column } }));
    expect(() => parseJson(text)).toThrow(JsonSyntaxError);
  });
});

test('deep nesting never ends in a stack overflow of ours', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(parseJson(deep)).toBeInstanceOf(Array);
  expect(() => parseJson(deep.replace('[]', '[1.0]'))).toThrow('nested too deeply');
  expect(() => parseJson('['.repeat(200_000))).toThrow(JsonSyntaxError);
});

test('any JSON survives reading and writing', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(again(text))).toEqual(JSON.parse(text));
    }),
  );
});
