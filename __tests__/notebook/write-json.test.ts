import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../src/notebook/types.ts';
import { valueJson, valueToJson } from '../../src/notebook/value-json.ts';
import { stringifyJson, writeJson } from '../../src/notebook/write-json.ts';

test('the layout is the one of nbformat: indent 1, keys by code point, empty containers on one line', () => {
  const value: Json = { b: [], a: {}, '😀': [1, { x: null }], ﬀ: true, '10': 'é', '9': "'" };
  expect(stringifyJson(value)).toBe(
    '{\n "10": "é",\n "9": "\'",\n "a": {},\n "b": [],\n "ﬀ": true,\n "😀": [\n  1,\n  {\n   "x": null\n  }\n ]\n}\n',
  );
});

test('halves of surrogate pairs become U+FFFD and are told', () => {
  let repaired = 0;
  const text = stringifyJson(['a\ud800b', 'fine 😀'], {
    indent: undefined,
    sortKeys: true,
    onRepair: () => repaired++,
  });
  expect([text, repaired]).toEqual(['["a\ufffdb", "fine 😀"]\n', 1]);
});

test('a long text is written in pieces that never cut a character', () => {
  const long = `x${'😀"\n'.repeat(100_000)}`;
  const pieces = [...writeJson({ long })];
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.every((piece) => piece.isWellFormed() && piece.length < 500_000)).toBe(true);
  expect(JSON.parse(pieces.join(''))).toEqual({ long });
});

test('any depth of nesting is written', () => {
  let value: Json = [];
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  expect(stringifyJson(value, { indent: undefined, sortKeys: true })).toHaveLength(200_003);
});

test('what is written is what JSON.stringify writes, but for sorting', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const noFloats = JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
        typeof item === 'number' ? Math.trunc(item) % 1e6 : item,
      ) as Json;
      expect(stringifyJson(noFloats, { indent: 1, sortKeys: false })).toBe(
        `${JSON.stringify(noFloats, null, 1)}\n`,
      );
    }),
  );
});

test('values of a configs file keep their order and their numbers', () => {
  const value = new Map<string, never>(
    Object.entries({ z: 1n, a: 1, f: [0.1, 1e22, -0, NaN, -Infinity, 2n ** 70n, null, true] }) as [
      string,
      never,
    ][],
  ).set('1', new Map([['__proto__', 'é']]) as never);
  expect(valueJson(value)).toBe(
    '{"z": 1, "a": 1.0, "f": [0.1, 1e+22, -0.0, "nan", "-inf", 1180591620717411303424, null, true], "1": {"__proto__": "é"}}',
  );
  expect(valueJson(value, 2).split('\n').slice(0, 3)).toEqual(['{', '  "z": 1,', '  "a": 1.0,']);
  expect(stringifyJson(valueToJson(value), { indent: undefined, sortKeys: true })).toBe(
    '{"1": {"__proto__": "é"}, "a": 1.0, "f": [0.1, 1e+22, -0.0, "nan", "-inf", 1180591620717411303424, null, true], "z": 1}\n',
  );
});
