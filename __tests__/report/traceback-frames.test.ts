import { expect, test } from 'vitest';
import { failingSource, tracebackTail } from '../../src/report/traceback-frames.ts';
import { anError } from '../fakes/runs.ts';

const inFunction = anError({
  ename: 'ValueError',
  evalue: 'no such column\nin the table',
  traceback: [
    '---------------------------------------------------------------------------',
    'ValueError                                Traceback (most recent call last)',
    'Cell In[4], line 3',
    '      1 import lib',
    '      2 ',
    '----> 3 lib.check(frame)',
    '',
    'File ~/lib.py:10, in check(frame)',
    '      9     if missing:',
    '---> 10         raise ValueError(text)',
    '     11     return frame',
    '',
    'ValueError: no such column',
    'in the table',
  ].join('\n'),
});

test('the failing line is the one of the cell, not the one deep in a library', () => {
  expect(failingSource(inFunction)).toEqual({ line: 3, source: 'lib.check(frame)' });
});

test('the tail is the innermost frame, without the error said twice', () => {
  expect(tracebackTail(inFunction, 6)).toEqual([
    'File ~/lib.py:10, in check(frame)',
    '      9     if missing:',
    '---> 10         raise ValueError(text)',
    '     11     return frame',
  ]);
  expect(tracebackTail(inFunction, 2)).toEqual([
    '---> 10         raise ValueError(text)',
    '     11     return frame',
  ]);
});

test('an error in the cell itself needs no tail', () => {
  expect(tracebackTail(anError(), 6)).toEqual([]);
});

test('a traceback without arrows, of another language, gives its last lines', () => {
  const error = anError({
    ename: 'ERROR',
    evalue: "Error in f(1): object 'x' not found",
    traceback: "Error in f(1): object 'x' not found\nTraceback:\n\n1. f(1)\n2. g(2)",
  });
  expect([failingSource(error), tracebackTail(error, 3)]).toEqual([undefined, ['1. f(1)', '2. g(2)']]);
});

test('no traceback gives nothing', () => {
  const error = anError({ traceback: '' });
  expect([failingSource(error), tracebackTail(error, 3)]).toEqual([undefined, []]);
});
