import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { resultsText } from '../fakes/results-text.ts';
import { aBatch, aFailure, anError, aResult, aRun } from '../fakes/runs.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../results.schema.json', import.meta.url), 'utf8'),
) as Schema;
interface Schema {
  required: string[];
  properties: Record<string, unknown>;
  $defs: Record<'run' | 'error', { required: string[]; properties: Record<string, unknown> }>;
}
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
formats.default(ajv);
const isValid = ajv.compile(schema);

const options = { commit: 'c0ffee', workingDirectory: '/project' };

describe('results.json', () => {
  test('says what became of each run, in plan order', () => {
    const parameters = new Map<string, Value>([
      ['rate', 1.0],
      ['big', 10000000000000000000001n],
      ['tiny', 1e-5],
      ['10', [null, true]],
      [
        '2',
        new Map([
          ['b', 'ü'],
          ['a', ''],
        ]),
      ],
    ]);
    const batch = aBatch([
      aResult({ run: aRun({ parameters }), durationMs: 3_200.4 }),
      aFailure({
        output: { kind: 'lost', messages: 7 },
        peakMemoryBytes: undefined,
        error: anError({ traceback: 'line 1\nline 2' }),
      }),
      aResult({
        name: 'later',
        status: 'skipped',
        attempts: 0,
        startedAt: undefined,
        durationMs: 0,
        cells: { total: 11, executed: 0 },
      }),
    ]);
    expect(resultsText(batch, options)).toMatchInlineSnapshot(`
      "{
        "version": 1,
        "startedAt": "2026-01-02T03:04:05.678Z",
        "durationMs": 5000,
        "commit": "c0ffee",
        "totals": {
          "total": 3,
          "passed": 1,
          "failed": 1,
          "skipped": 1
        },
        "runs": [
          {
            "name": "adult",
            "notebook": "notebooks/explorer.ipynb",
            "outputLabel": "adult",
            "outputPath": "papermill_outputs/explorer/adult/explorer_adult.ipynb",
            "parameters": {
              "rate": 1.0,
              "big": 10000000000000000000001,
              "tiny": 1e-05,
              "10": [
                null,
                true
              ],
              "2": {
                "b": "ü",
                "a": ""
              }
            },
            "kernel": "python3",
            "status": "passed",
            "output": {
              "kind": "complete"
            },
            "attempts": 1,
            "startedAt": "2026-01-02T03:04:05.678Z",
            "durationMs": 3200,
            "queueMs": 12,
            "peakMemoryBytes": 104857600,
            "cpuMs": 2900,
            "cells": {
              "total": 11,
              "executed": 11
            },
            "error": null
          },
          {
            "name": "bank",
            "notebook": "notebooks/explorer.ipynb",
            "outputLabel": "bank",
            "outputPath": "papermill_outputs/explorer/bank/explorer_bank.ipynb",
            "parameters": {
              "data_url": "data/bank.csv"
            },
            "kernel": "python3",
            "status": "failed",
            "output": {
              "kind": "lost",
              "messages": 7
            },
            "attempts": 1,
            "startedAt": "2026-01-02T03:04:05.678Z",
            "durationMs": 3200,
            "queueMs": 12,
            "peakMemoryBytes": null,
            "cpuMs": 2900,
            "cells": {
              "total": 11,
              "executed": 4
            },
            "error": {
              "ename": "ZeroDivisionError",
              "evalue": "division by zero",
              "traceback": "line 1\\nline 2",
              "cellIndex": 4,
              "executionCount": 4,
              "file": "notebooks/explorer.ipynb",
              "line": 87
            }
          },
          {
            "name": "later",
            "notebook": "notebooks/explorer.ipynb",
            "outputLabel": "later",
            "outputPath": "papermill_outputs/explorer/later/explorer_later.ipynb",
            "parameters": {
              "data_url": "data/later.csv"
            },
            "kernel": "python3",
            "status": "skipped",
            "output": {
              "kind": "complete"
            },
            "attempts": 0,
            "startedAt": null,
            "durationMs": 0,
            "queueMs": 12,
            "peakMemoryBytes": 104857600,
            "cpuMs": 2900,
            "cells": {
              "total": 11,
              "executed": 0
            },
            "error": null
          }
        ]
      }
      "
    `);
  });

  test('is the same text for the same batch', () => {
    const batch = () => aBatch([aResult(), aFailure()]);
    expect(resultsText(batch(), options)).toBe(resultsText(batch(), options));
  });

  test('has null for a commit that nobody knows', () => {
    const text = resultsText(aBatch(), { ...options, commit: undefined });
    expect(JSON.parse(text)).toMatchObject({ commit: null });
  });

  test('counts every status but passed and skipped as failed', () => {
    const statuses = ['passed', 'cancelled', 'infra-error', 'skipped', 'timed-out'] as const;
    const text = resultsText(aBatch(statuses.map((status) => aResult({ status, name: status }))), options);
    expect(JSON.parse(text)).toMatchObject({ totals: { total: 5, passed: 1, failed: 3, skipped: 1 } });
  });
});

describe('results.schema.json', () => {
  const document = () => JSON.parse(resultsText(aBatch([aResult(), aFailure()]), options)) as Document;
  interface Document {
    [key: string]: unknown;
    runs: [Record<string, unknown>, Record<string, unknown> & { error: Record<string, unknown> }];
  }

  test('accepts whatever is written', () => {
    const count = fc.nat();
    const text = fc.string({ unit: 'binary' });
    const output = fc.oneof(
      fc.constantFrom({ kind: 'complete' }, { kind: 'truncated' }, { kind: 'unknown' } as const),
      fc.record({ kind: fc.constant('lost' as const), messages: fc.integer({ min: 1, max: 1e9 }) }),
    );
    const result = fc
      .record({
        status: fc.constantFrom('passed', 'failed', 'kernel-died', 'skipped' as const),
        output,
        attempts: count,
        durationMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
        cpuMs: fc.option(count, { nil: undefined }),
        name: text,
        evalue: text,
        value: fc.double(),
      })
      .map(({ evalue, value, name, ...rest }) =>
        aResult({
          ...rest,
          run: aRun({ name, parameters: new Map([[evalue, value]]) }),
          error: anError({ evalue, cellIndex: undefined, line: undefined }),
        }),
      );
    fc.assert(
      fc.property(fc.array(result, { maxLength: 3 }), (results) => {
        expect([isValid(JSON.parse(resultsText(aBatch(results), options))), isValid.errors]).toEqual([
          true,
          null,
        ]);
      }),
    );
  });

  test('names exactly the keys that are written', () => {
    const written = document();
    expect({
      batch: Object.keys(schema.properties),
      run: Object.keys(schema.$defs.run.properties),
      error: Object.keys(schema.$defs.error.properties),
    }).toEqual({
      batch: Object.keys(written),
      run: Object.keys(written.runs[0]),
      error: Object.keys(written.runs[1].error),
    });
    expect([schema.required, schema.$defs.run.required, schema.$defs.error.required]).toEqual([
      Object.keys(schema.properties),
      Object.keys(schema.$defs.run.properties),
      Object.keys(schema.$defs.error.properties),
    ]);
  });

  test.each<[string, (document: Document) => void]>([
    ['another version', (it) => (it['version'] = 2)],
    ['a missing key', (it) => delete it.runs[0]['kernel']],
    ['an unknown status', (it) => (it.runs[0]['status'] = 'ok')],
    ['a lost count that is missing', (it) => (it.runs[0]['output'] = { kind: 'lost' })],
    ['an unknown kind of output', (it) => (it.runs[0]['output'] = { kind: 'partial', messages: 1 })],
    ['a time with an offset', (it) => (it['startedAt'] = '2026-01-02T03:04:05+01:00')],
    ['a negative duration', (it) => (it['durationMs'] = -1)],
    ['a line 0', (it) => (it.runs[1].error['line'] = 0)],
    ['parameters that are a list', (it) => (it.runs[0]['parameters'] = [])],
  ])('refuses %s', (_what, breakIt) => {
    const broken = document();
    breakIt(broken);
    expect(isValid(broken)).toBe(false);
  });
});
