import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseResults } from '../../src/publish/parse-results.ts';
import { resultsText } from '../fakes/results-text.ts';
import { aBatch, aFailure, aResult, aRun, someSettings } from '../fakes/runs.ts';

const WORKING_DIRECTORY = '/project';
const options = { pathOf: (path: string) => `${WORKING_DIRECTORY}/${path}` };

const ajv = new Ajv2020({ strict: false });
addFormatsModule.default(ajv);
const fits = ajv.compile(JSON.parse(readFileSync('results.schema.json', 'utf8')) as object);

const sweep = [0.1, 1].map((alpha) =>
  aResult({
    run: aRun({
      name: `train (${alpha})`,
      parameters: new Map<string, unknown>([
        ['alpha', alpha],
        ['seed', 12345678901234567890n],
        ['layers', [64n, null, true, new Map([['deep', 'text']])]],
      ]) as never,
      varies: ['alpha'],
    }),
  }),
);
const batch = aBatch([
  ...sweep,
  aFailure(),
  aResult({ name: 'lossy', output: { kind: 'lost', messages: 3 } }),
  aResult({
    name: 'never',
    status: 'skipped',
    attempts: 0,
    startedAt: undefined,
    peakMemoryBytes: undefined,
  }),
]);
const text = resultsText(batch, { commit: 'c0ffee', workingDirectory: WORKING_DIRECTORY });

test('reads what was written, as far as reports need it', () => {
  const parsed = parseResults(text, options);
  const lost = {
    notebookPath: '',
    injectedSource: undefined,
    settings: someSettings({ cwd: '', startTimeoutMs: 0 }),
  };
  const results = batch.results.map((result) => ({ ...result, run: { ...result.run, ...lost } }));
  expect(parsed).toEqual({ kind: 'results', commit: 'c0ffee', batch: { ...batch, results } });
});

test('finds out what a sweep in the form of 2019 varies', () => {
  const runs = ['a', 'b'].map((value) =>
    aResult({
      run: aRun({
        name: `sweep (${value})`,
        parameters: new Map([
          [
            'config',
            new Map([
              ['x', value],
              ['y', 'same'],
            ]),
          ],
        ]),
      }),
    }),
  );
  const written = resultsText(aBatch(runs), { commit: undefined, workingDirectory: WORKING_DIRECTORY });
  const parsed = parseResults(written, options);
  expect(parsed.kind === 'results' && parsed.batch.results.map(({ run }) => run.varies)).toEqual([
    ['x'],
    ['x'],
  ]);
});

test.each([
  ['no JSON', 'it is not JSON', 'it is not JSON'],
  ['a list', '[]', 'the file should be an object'],
  ['another version', text.replace('"version": 1', '"version": 2'), '/version should be 1'],
  [
    'a status of its own',
    text.replace('"skipped",\n', '"great",\n'),
    /^\/runs\/4\/status should be one of passed,/,
  ],
  ['a number as a name', text.replace('"name": "lossy"', '"name": 5'), '/runs/3/name should be a string'],
  [
    'half a millisecond',
    text.replace('"durationMs": 5000', '"durationMs": 0.5'),
    '/durationMs should be a whole number from 0',
  ],
  [
    'a bottomless value',
    text.replace('64', '['.repeat(60) + ']'.repeat(60)),
    /should be nested less than 50 levels deep/,
  ],
  ['a bottomless file', '['.repeat(100_000), 'it is not JSON'],
])('refuses %s, and says where', (_, changed, reason) => {
  expect(changed).not.toBe(text);
  const expected = typeof reason === 'string' ? reason : (expect.stringMatching(reason) as string);
  expect(parseResults(changed, options)).toEqual({ kind: 'invalid', reason: expected });
});

test('accepts no document that the schema refuses', () => {
  const document = JSON.parse(text) as object;
  const places = placesIn(document);
  const changes = fc.tuple(
    fc.constantFrom(...places),
    fc.oneof(fc.constant(undefined), fc.constantFrom(null, '', -1, 0.5, true, [], {}), fc.jsonValue()),
  );
  fc.assert(
    fc.property(changes, ([place, value]) => {
      const changed = changedAt(structuredClone(document), place, value);
      const parsed = parseResults(JSON.stringify(changed), options);
      if (parsed.kind === 'results') expect(fits(changed), JSON.stringify(fits.errors)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

/** Paths of all members, without those of the totals and those within parameters, which reports count and take as they are. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || path.at(-1) === 'parameters') return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'totals' ? [] : [[...path, key], ...placesIn(member, [...path, key])],
  );
}

function changedAt(document: object, path: readonly string[], value: unknown): object {
  const inner = path
    .slice(0, -1)
    .reduce<object>((at, key) => (at as Record<string, object>)[key] ?? {}, document);
  Object.assign(inner, { [path.at(-1) ?? '']: value });
  return document;
}
