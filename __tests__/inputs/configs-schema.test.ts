import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { configsSchema } from '../../src/inputs/configs-schema.ts';
import { parseConfigs } from '../../src/inputs/parse-configs.ts';

const validate = new Ajv({ strict: false, allErrors: true }).compile(configsSchema());
const entry = (keys: object) => ({ one: { notebook: 'n.ipynb', ...keys } });
const run = (settings: unknown) => entry({ run: settings });

test('the committed schema is what the table of keys gives', () => {
  const committed: unknown = JSON.parse(readFileSync('configs.schema.json', 'utf8'));
  expect(committed, 'run: node scripts/write-configs-schema.ts').toEqual(configsSchema());
});

describe('the schema and the reader accept', () => {
  test.for<readonly [string, unknown]>([
    ['the smallest file', entry({})],
    ['the 2019 form with any keys', entry({ data_url: 'x', nested: { a: [1] }, name: 'n' })],
    ['parameters of any kind', entry({ parameters: { a: 1, b: null, c: [1, 'x'], d: { e: 0.5 } } })],
    [
      'a list',
      [
        { name: 'a', notebook: 'n', parameters: {} },
        { name: 'b', notebook: 'n', x: 1 },
      ],
    ],
    ['$schema', { $schema: './configs.schema.json', ...entry({}) }],
    ['defaults with a notebook', { defaults: { notebook: 'n' }, a: {}, b: { parameters: {} } }],
    ['defaults with data', { defaults: { data_url: 'x' }, ...entry({}) }],
    ['defaults with parameters', { defaults: { parameters: { a: 1 } }, ...entry({}) }],
    [
      'a sweep',
      entry({ matrix: { a: [1, null], include: [{ a: 2 }], exclude: [{ a: 1 }] }, output_label: 'a{a}' }),
    ],
    ['a sweep of includes', entry({ matrix: { include: [{ a: 2 }] } })],
    ['times in seconds', run({ cell_timeout: 0.5, timeout: 900, start_timeout: 60 })],
    ['times with units', run({ cell_timeout: '90s', timeout: '1h30m', start_timeout: '500ms' })],
    ['no limits', run({ cell_timeout: null, timeout: 'none' })],
    [
      'every other setting',
      run({ kernel: 'ir', cwd: '..', env: { A: '' }, retries: 0, allow_errors: true, tags: ['x'] }),
    ],
    ['shared imports', run({ preload: ['numpy', 'matplotlib.pyplot'] })],
    ['automatic ones', run({ preload: 'auto' })],
    ['none', run({ preload: 'none' })],
    ['empty settings', run({})],
  ])('%s', ([, configs]) => {
    expect(validate(configs), JSON.stringify(validate.errors)).toBe(true);
    expect(parseConfigs(JSON.stringify(configs), 'configs.json').problems).toEqual([]);
  });
});

describe('the schema and the reader refuse', () => {
  test.for<readonly [string, unknown]>([
    ['text', 'n.ipynb'],
    ['no entries', {}],
    ['reserved keys only', { $schema: 'x', defaults: { notebook: 'n' } }],
    ['an empty list', []],
    ['a list without names', [{ notebook: 'n' }]],
    ['an empty name', { '': { notebook: 'n' } }],
    ['an entry that is no object', { one: 'n.ipynb' }],
    ['no notebook', { one: {} }],
    ['a blank notebook', { one: { notebook: ' ' } }],
    ['a number for a label', entry({ output_label: 1 })],
    ['an unknown key beside parameters', entry({ parameters: {}, data_url: 'x' })],
    ['a name beside parameters', entry({ parameters: {}, name: 'x' })],
    [
      'an unknown key beside the parameters of the defaults',
      { defaults: { parameters: {} }, ...entry({ x: 1 }) },
    ],
    ['parameters that are no object', entry({ parameters: null })],
    ['a nameless parameter', entry({ parameters: { '': 1 } })],
    ['defaults that are no object', { defaults: 1, ...entry({}) }],
    ['a mistake in the defaults', { defaults: { run: { retries: 'x' } }, ...entry({}) }],
    ['a single value in a sweep', entry({ matrix: { a: 1 } })],
    ['no value in a sweep', entry({ matrix: { a: [] } })],
    ['a sweep of nothing', entry({ matrix: {} })],
    ['a sweep of excludes', entry({ matrix: { exclude: [] } })],
    ['an include that is no list', entry({ matrix: { a: [1], include: {} } })],
    ['settings that are no object', run(null)],
    ['an unknown setting', run({ kernl: 'x' })],
    ['a module that is no list', run({ preload: 'numpy' })],
    ['a module with a version', run({ preload: ['numpy==2'] })],
    ['time zero', run({ cell_timeout: 0 })],
    ['time zero with a unit', run({ cell_timeout: '0s' })],
    ['a time in words', run({ timeout: '5 min' })],
    ['no limit for the start', run({ start_timeout: null })],
    ['half a retry', run({ retries: 0.5 })],
    ['a negative retry', run({ retries: -1 })],
    ['a flag in quotes', run({ allow_errors: 'true' })],
    ['a number in the environment', run({ env: { A: 1 } })],
    ['a name of a variable with =', run({ env: { 'A=B': '1' } })],
    ['a tag with a comma', run({ tags: ['a,b'] })],
    ['tags that are no list', run({ tags: 'a' })],
  ])('%s', ([, configs]) => {
    expect(validate(configs)).toBe(false);
    expect(parseConfigs(JSON.stringify(configs), 'configs.json').problems).not.toEqual([]);
  });
});

test('every key has a description for editors', () => {
  const described = (schema: unknown): boolean =>
    typeof schema === 'object' && schema !== null && 'description' in schema && schema.description !== '';
  const { definitions } = configsSchema() as {
    definitions: { keys: { properties: Record<string, unknown> } };
  };
  const { run: settings } = definitions.keys.properties as { run: { properties: Record<string, unknown> } };
  const keys = { ...definitions.keys.properties, ...settings.properties };
  expect(Object.keys(keys).filter((key) => !described(keys[key]))).toEqual([]);
});
