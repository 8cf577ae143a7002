import { expect, test } from 'vitest';
import { locateSourceLine } from '../../src/notebook/locate-source-line.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import { aCodeCell, aNotebook } from '../fakes/kernel-messages.ts';

const notebook = aNotebook({
  cells: [
    { cell_type: 'markdown', metadata: { source: ['not this\n'] }, source: '# title\ntext' },
    aCodeCell({
      source: 'first = 1\nsecond = 2\n\nfourth = 4',
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'first = 1\n' }],
    }),
    aCodeCell({ source: '' }),
  ],
});
const lines = [1, 2, 3, 4, 5];

test('each line of a source is found in a file as Jupyter writes it', () => {
  const text = notebookText(notebook);
  const found = lines.map((line) => locateSourceLine(text, 1, line));
  expect(found.map((line) => line && text.split('\n')[line - 1]?.trim())).toEqual([
    String.raw`"first = 1\n",`,
    String.raw`"second = 2\n",`,
    String.raw`"\n",`,
    '"fourth = 4"',
    undefined,
  ]);
});

test('a source in one string is found at the line of that string', () => {
  const text = '\ufeff' + JSON.stringify(notebook, null, 2);
  const at = text.split('\n').findIndex((line) => line.includes('first = 1')) + 1;
  expect(lines.map((line) => locateSourceLine(text, 1, line))).toEqual([at, at, at, at, undefined]);
});

test.each([
  [notebookText(notebook), 7, 1],
  [notebookText(notebook), 2, 1],
  ['no JSON', 0, 1],
  ['['.repeat(100_000), 0, 1],
  ['', 0, 1],
])('what is not there is not found', (text, cell, line) => {
  expect(locateSourceLine(text, cell, line)).toBeUndefined();
});
