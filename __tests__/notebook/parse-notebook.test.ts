import { describe, expect, test } from 'vitest';
import { NotebookFormatError, parseNotebook } from '../../src/notebook/parse-notebook.ts';
import { upgradeNotebook } from '../../src/notebook/upgrade-notebook.ts';

const withCells = (cells: unknown, minor = 5) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: minor, metadata: {}, cells });

describe('what is no notebook is refused with the cure', () => {
  test.each([
    ['', 'the file is empty'],
    [' \n', 'the file is empty'],
    ['{"nbformat": 4,,}', 'no valid JSON at 1:16'],
    ['{\0"\0', 'UTF-16'],
    ['\ufffd\ufffd{\0', 'UTF-16'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:0', '`git lfs pull`'],
    ['{\n<<<<<<< HEAD\n}', 'merge conflict'],
    ['<!DOCTYPE html>', 'web page'],
    ['[]', 'it is a JSON list'],
    ['"x"', 'it is "x"'],
    ['1.0', 'it is a number'],
    ['{"name": "package"}', 'it has no `nbformat`'],
    ['{"nbformat": "4"}', '`nbformat` is "4"'],
    ['{"nbformat": 3, "worksheets": []}', 'jupyter nbconvert --to notebook --nbformat 4'],
    ['{"nbformat": 5}', 'newer than the 4'],
    ['{"nbformat": 4, "nbformat_minor": "x"}', '`nbformat_minor` is "x"'],
    ['{"nbformat": 4, "nbformat_minor": 5}', 'no list `cells`'],
    ['{"nbformat": 4, "cells": [], "metadata": 1}', '`metadata` is not an object'],
    [withCells([1]), 'cells[0] is not an object'],
    [withCells([{ cell_type: 'code' }, { cell_type: 'chart' }]), 'cells[1].cell_type is "chart"'],
    [withCells([{}]), 'cells[0].cell_type is missing'],
    [withCells([{ cell_type: 'raw', source: 1 }]), 'cells[0].source is neither'],
    [withCells([{ cell_type: 'raw', metadata: [] }]), 'cells[0].metadata is not an object'],
    [withCells([{ cell_type: 'code', outputs: {} }]), 'cells[0].outputs is not a list'],
    [withCells([{ cell_type: 'code', outputs: ['x'] }]), 'cells[0].outputs[0] is not an object'],
    [`{"nbformat": 4, "cells": [], "x": ${'['.repeat(1000)}${']'.repeat(1000)}}`, 'nested more than'],
  ])('%j: %s', (text, message) => {
    expect(() => parseNotebook(text)).toThrow(message);
    expect(() => parseNotebook(text)).toThrow(NotebookFormatError);
  });
});

test('the place of a syntax error is in the error', () => {
  expect(() => parseNotebook('{\n "cells": [}')).toThrow(
    expect.objectContaining({ place: { line: 2, column: 12 } }),
  );
  expect(() => parseNotebook('{\n<<<<<<< HEAD\n}')).toThrow(
    expect.objectContaining({ place: { line: 2, column: 1 } }),
  );
});

test('a byte order mark is no mistake', () => {
  expect(parseNotebook(`\ufeff${withCells([])}`).cells).toEqual([]);
});

test('what is missing is filled in, what is unknown is kept', () => {
  const text = withCells(
    [
      { cell_type: 'code', vendor: 1 },
      { cell_type: 'markdown', source: ['a\n', 'b'] },
      { cell_type: 'code', outputs: [{ output_type: 'hologram', text: ['a', 'b'], rays: 3 }] },
    ],
    4,
  );
  expect(parseNotebook(text)).toEqual({
    nbformat: 4,
    nbformat_minor: 4,
    metadata: {},
    cells: [
      { cell_type: 'code', vendor: 1, metadata: {}, source: '', outputs: [], execution_count: null },
      { cell_type: 'markdown', metadata: {}, source: 'a\nb' },
      {
        cell_type: 'code',
        metadata: {},
        source: '',
        outputs: [{ output_type: 'hologram', text: 'ab', rays: 3 }],
        execution_count: null,
      },
    ],
  });
});

describe('ids', () => {
  const raw = (source: string, id?: unknown) => ({
    cell_type: 'raw',
    source,
    ...(id === undefined ? {} : { id }),
  });
  const idsOf = (text: string) => upgradeNotebook(parseNotebook(text)).cells.map((cell) => cell.id);

  test('good ids stay; missing, doubled and bad ones are made anew, all different and valid', () => {
    const ids = idsOf(
      withCells([
        raw('a', 'x'),
        raw('a', 'x'),
        raw('a'),
        raw('a', 'no good'),
        raw('a', 7),
        raw('b', 'x'.repeat(65)),
      ]),
    );
    expect(ids[0]).toBe('x');
    expect(new Set(ids).size).toBe(6);
    expect(ids.every((id) => /^[\w-]{1,64}$/.test(id ?? ''))).toBe(true);
  });

  test('the same notebook gets the same ids, and a cell more changes no other', () => {
    const before = idsOf(withCells([raw('a'), raw('b')], 4));
    expect(idsOf(withCells([raw('a'), raw('b')], 4))).toEqual(before);
    expect(idsOf(withCells([raw('new'), raw('a'), raw('b')], 4)).slice(1)).toEqual(before);
  });

  test('before 4.5 there are none until the notebook is upgraded', () => {
    const notebook = parseNotebook(withCells([raw('a')], 4));
    expect(notebook.cells[0]).not.toHaveProperty('id');
    const upgraded = upgradeNotebook(notebook);
    expect(upgraded.nbformat_minor).toBe(5);
    expect(upgraded.cells[0]?.id).toMatch(/^[0-9a-f]{8}$/);
  });
});
