/** The JSON Schema of configs files, from the same table that reads them. Draft 7: every editor knows it. */
import { ENTRY_KEYS } from './entry-keys.ts';
import type { JsonSchema } from './shape.ts';
import { schemaOfKeys } from './shape.ts';

/** What the schema cannot say (names in a list differ, a time fits a timer) only the reader of configs checks. */
export function configsSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configs of Parallel Notebooks',
    description: 'A batch of notebook runs: an object of name and entry, or a list of entries with a name.',
    type: ['object', 'array'],
    properties: RESERVED,
    additionalProperties: { $ref: '#/definitions/entry' },
    propertyNames: { minLength: 1 },
    minItems: 1,
    items: { $ref: '#/definitions/listedEntry' },
    not: { type: 'object', propertyNames: { enum: Object.keys(RESERVED) } }, // only reserved keys: no entries
    allOf: [
      {
        if: { not: defaultsHave('notebook') },
        then: forEachEntry({ required: ['notebook'] }),
      },
      {
        if: defaultsHave('parameters'),
        then: forEachEntry(closed(Object.keys(ENTRY_KEYS))),
      },
    ],
    definitions: {
      keys: { type: 'object', properties: schemaOfKeys(ENTRY_KEYS) },
      entry: {
        description: 'A run, or with `matrix` a sweep; its key is its name.',
        allOf: [{ $ref: '#/definitions/keys' }, closedWithParameters(Object.keys(ENTRY_KEYS))],
      },
      listedEntry: {
        description: 'A run, or with `matrix` a sweep.',
        required: ['name', 'notebook'],
        properties: { name: { description: 'Names the run.', type: 'string', pattern: '\\S' } },
        allOf: [{ $ref: '#/definitions/keys' }, closedWithParameters(['name', ...Object.keys(ENTRY_KEYS)])],
      },
    },
  };
}

const RESERVED: JsonSchema = {
  $schema: { description: 'Where editors find this schema.', type: 'string' },
  defaults: {
    description:
      'Merged under every entry: `run`, its `env` and `parameters` key by key, every other key when the entry lacks it.',
    $ref: '#/definitions/keys',
  },
};

function defaultsHave(key: string): JsonSchema {
  const defaults = { type: 'object', required: [key] };
  return { type: 'object', required: ['defaults'], properties: { defaults } };
}

function forEachEntry(schema: JsonSchema): JsonSchema {
  const reserved = Object.keys(RESERVED).map((key) => [key, true]);
  return { properties: Object.fromEntries(reserved) as JsonSchema, additionalProperties: schema };
}

/** The 2019 form takes any key; with `parameters` there is nothing that another key could mean. */
function closedWithParameters(keys: readonly string[]): JsonSchema {
  return { if: { required: ['parameters'] }, then: closed(keys) };
}

function closed(keys: readonly string[]): JsonSchema {
  return { propertyNames: { enum: keys } };
}
