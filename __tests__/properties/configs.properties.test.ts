import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfigs } from '../../src/inputs/parse-configs.ts';
import type { Value } from '../../src/model.ts';
import { valueJson } from '../../src/notebook/value-json.ts';
import { stringify } from 'yaml';
import { always } from './always.ts';

/** Texts that would be something else without quotes. */
const LOOKALIKES = ['<<', '~', 'null', 'true', 'yes', '1', '1.0', '0x1F', '1e3', '.inf', '- a', '# x', 'x # y', 'x: y', '&a', '*a', '!!str', '|', '>', '---', '2024-01-01', ' x ', '__proto__', '']; // prettier-ignore
const word = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(...LOOKALIKES) },
);
const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  word,
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
  fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
);
const value = fc.letrec<{ value: Value; list: Value; object: Value }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .uniqueArray(fc.tuple(word, tie('value')), { selector: ([key]) => key, maxLength: 4 })
    .map((entries) => new Map(entries)),
})).value;

const entry = fc.record({
  name: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter(
      (name) => name.isWellFormed() && name.trim() !== '' && !['$schema', 'defaults', 'name'].includes(name),
    ),
  parameters: fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z_]\w{0,8}$/), value), {
      selector: ([key]) => key,
      maxLength: 5,
    })
    .map((entries) => new Map(entries)),
  label: fc.option(fc.stringMatching(/^[a-z]{1,8}$/), { nil: undefined }),
});
const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, minLength: 1, maxLength: 4 });

/** As a user would write the entries. */
function asValue(all: readonly (typeof entries extends fc.Arbitrary<(infer E)[]> ? E : never)[]): Value {
  return new Map<string, Value>(
    all.map(({ name, parameters, label }) => [
      name,
      new Map<string, Value>([
        ['notebook', 'a.ipynb'],
        ['parameters', parameters],
        ...(label === undefined ? [] : [['output_label', label] as const]),
      ]),
    ]),
  );
}

test('entries written as JSON are read as they were meant', async () => {
  await always(
    fc.property(entries, fc.constantFrom(undefined, 2), (all, indent) => {
      const { entries: read, problems } = parseConfigs(valueJson(asValue(all), indent), 'c.json');
      expect(problems).toEqual([]);
      expect(read.map(({ name, parameters, outputLabel: label }) => ({ name, parameters, label }))).toEqual(
        all,
      );
    }),
  );
});

test('entries written as YAML by another program are read as they were meant', async () => {
  const styles = fc.record({
    defaultKeyType: fc.constantFrom('PLAIN' as const, 'QUOTE_SINGLE' as const, 'QUOTE_DOUBLE' as const),
    defaultStringType: fc.constantFrom(
      'PLAIN',
      'QUOTE_SINGLE',
      'QUOTE_DOUBLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    ),
  });
  await always(
    fc.property(entries, styles, (all, style) => {
      const text = stringify(asValue(all), style);
      fc.pre(style.defaultKeyType !== 'PLAIN' || !text.includes('<<:')); // without quotes it merges
      const { entries: read, problems } = parseConfigs(text, 'c.yaml');
      expect(problems).toEqual([]);
      expect(read.map(({ name, parameters, outputLabel: label }) => ({ name, parameters, label }))).toEqual(
        all,
      );
    }),
  );
});

const PIECES = ['{', '}', '[', ']', ':', ': ', ',', '"', "'", '\n', '\n  ', '- ', '#', '//', '/*', '&a ', '*a', '<<: ', '!!str ', '|', '>', '---', '%YAML 1.1', '\t',
  '"notebook"', 'notebook', 'matrix', 'include', 'run', 'env', 'defaults', '"x"', '1e999', '0x1F', '-0', '.inf', 'null', 'true', '{}', '[]', '{"defaults": {}}', '__proto__', '\u0000', '\ud800', '\ufeff']; // prettier-ignore
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

test('any text at all ends in entries, or in mistakes with a place and words', async () => {
  await always(
    fc.property(anyText, fc.constantFrom('c.json', 'c.yaml', 'c'), (text, file) => {
      const { entries: read, problems } = parseConfigs(text, file);
      expect(read.length + problems.length).toBeGreaterThan(0);
      for (const problem of problems) {
        expect(problem.message).not.toBe('');
        expect(problem.file).toBe(file);
      }
    }),
    { numRuns: 1_000 },
  );
});
