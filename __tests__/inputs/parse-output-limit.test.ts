import { expect, it } from 'vitest';
import { parseOutputLimit } from '../../src/inputs/parse-output-limit.ts';

const none = undefined;

it.each([
  ['2MB', [2e6, 20e6, 100e6]],
  ['200 MB', [200e6, 20e6, 200e6]],
  ['0', [none, none, none]],
  ['stream=8MB,output=20MB,notebook=100MB', [8e6, 20e6, 100e6]],
  ['notebook: 1GB\n  stream: 50MiB\n', [52_428_800, 20e6, 1e9]],
  ['output=0', [8e6, none, none]],
  ['stream=0, notebook=300MB', [none, 20e6, 300e6]],
  ['stream=500MB,notebook=10MB', [500e6, 20e6, 10e6]],
])('%j keeps %j of streams, an output and a notebook', (text, [streamBytes, outputBytes, notebookBytes]) => {
  expect(parseOutputLimit(text)).toEqual({ streamBytes, outputBytes, notebookBytes });
});

it.each([
  'many',
  '8 MB of streams',
  'stream',
  'streams=8MB',
  'stream=8MB,stream=9MB',
  'stream=-1',
  '-5',
  'toString=1',
])('%j is refused', (text) => {
  expect(parseOutputLimit(text)).toBeUndefined();
});
