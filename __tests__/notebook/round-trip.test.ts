import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse-notebook.ts';
import { notebookText, serialiseNotebook } from '../../src/notebook/serialise-notebook.ts';
import { splitLines } from '../../src/notebook/split-lines.ts';
import { aCodeCell, aNotebook } from '../fakes/kernel-messages.ts';

const folder = new URL('.', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');

describe('a notebook is written byte for byte as nbformat writes it', () => {
  test.each(readdirSync(new URL('fixtures', folder)))('%s', (name) => {
    expect(notebookText(parseNotebook(read(`fixtures/${name}`)))).toBe(read(`golden/${name}`));
  });
});

test('what was written is read and written again unchanged', () => {
  for (const name of readdirSync(new URL('fixtures', folder))) {
    const golden = read(`golden/${name}`);
    expect(notebookText(parseNotebook(golden))).toBe(golden);
  }
});

test('any texts survive the way through a file', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, text, (source, stream, html) => {
      const notebook = aNotebook({
        cells: [
          aCodeCell({
            id: 'a',
            source,
            outputs: [
              { output_type: 'stream', name: 'stdout', text: stream },
              { output_type: 'display_data', data: { 'text/html': html, 'image/png': html }, metadata: {} },
            ],
          }),
        ],
      });
      expect(parseNotebook(notebookText(notebook))).toEqual(notebook);
    }),
  );
});

test('lines are cut where Python cuts them, and joined they are the text', () => {
  expect([...splitLines('a\r\nb\rc\n\nd\u2028e\x85f\x1c')]).toEqual([
    'a\r\n',
    'b\r',
    'c\n',
    '\n',
    'd\u2028',
    'e\x85',
    'f\x1c',
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([...splitLines(text)].join('')).toBe(text);
    }),
  );
});

test('a notebook larger than a piece comes in pieces', () => {
  const outputs = Array.from(
    { length: 1000 },
    () => ({ output_type: 'stream', name: 'stdout', text: 'x'.repeat(999) }) as const,
  );
  const pieces = [...serialiseNotebook(aNotebook({ cells: [aCodeCell({ outputs: [...outputs] })] }))];
  expect(pieces.length).toBeGreaterThan(10);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(100_000);
});

test('metadata that belongs to a running Jupyter is not written', () => {
  const notebook = aNotebook({
    metadata: { orig_nbformat: 3, signature: 's', kept: 1 },
    cells: [aCodeCell({ metadata: { trusted: true } })],
  });
  const written = parseNotebook(notebookText(notebook));
  expect([written.metadata, written.cells[0]?.metadata]).toEqual([{ kept: 1 }, {}]);
});
