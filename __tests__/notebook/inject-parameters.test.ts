import { describe, expect, test } from 'vitest';
import { markFailure } from '../../src/notebook/error-markers.ts';
import { injectParameters } from '../../src/notebook/inject-parameters.ts';
import { parseNotebook } from '../../src/notebook/parse-notebook.ts';
import type { Cell } from '../../src/notebook/types.ts';
import { upgradeNotebook } from '../../src/notebook/upgrade-notebook.ts';
import { aCodeCell, aNotebook } from '../fakes/kernel-messages.ts';
import injections from './golden/injections.json' with { type: 'json' };
import markers from './golden/markers.json' with { type: 'json' };

const load = (notebook: unknown) => upgradeNotebook(parseNotebook(JSON.stringify(notebook)));
const shape = ({ cell_type, metadata, source }: Cell) => ({
  cell_type,
  metadata: { tags: metadata['tags'] ?? [] },
  source,
});

describe('parameters are injected where papermill injects them', () => {
  test.each(Object.entries(injections))('%s', (_name, { notebook, source, cells }) => {
    const injected = injectParameters(load(notebook), source ?? undefined);
    expect(injected.cells.map(shape)).toEqual(cells);
  });
});

test('the injected cell is a whole code cell, with the same id whatever it holds', () => {
  const notebook = aNotebook({ cells: [aCodeCell({ id: 'a' })] });
  const [first, second] = ['a = 1', 'a = 2'].map((source) => injectParameters(notebook, source).cells[0]);
  expect(first).toEqual({
    cell_type: 'code',
    id: second?.id,
    metadata: { tags: ['injected-parameters'] },
    source: 'a = 1',
    outputs: [],
    execution_count: null,
  });
  expect(injectParameters(injectParameters(notebook, 'a = 1'), 'a = 2').cells).toHaveLength(2);
});

test('the notebook that was given is not changed', () => {
  const notebook = load(injections['old error markers, with parameters'].notebook);
  const before = structuredClone(notebook);
  injectParameters(notebook, 'a = 1');
  markFailure(notebook, 0);
  expect(notebook).toEqual(before);
});

describe('a failure is marked as papermill marks it', () => {
  test.each(markers)('at cell $cellIndex', ({ notebook, cellIndex, cells }) => {
    const marked = markFailure(load(notebook), cellIndex);
    expect(marked.cells.map(shape)).toEqual(cells);
    expect(new Set(marked.cells.map((cell) => cell.id)).size).toBe(marked.cells.length);
  });
});

test('a cell that never got a number is marked as Jupyter shows it', () => {
  expect(markFailure(aNotebook({ cells: [aCodeCell()] }), 0).cells[0]?.source).toContain('>In [ ]</a>');
});
