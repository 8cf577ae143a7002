import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import { type OutputLimits, TAIL_BYTES } from '../../src/notebook/output-limits.ts';
import { parseNotebook } from '../../src/notebook/parse-notebook.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import { aCodeCell, aNotebook, messagesOf } from '../fakes/kernel-messages.ts';
import { always } from '../properties/always.ts';
import { kernelMessages, outputLimits, streamText } from './kernel-message-arbitrary.ts';
import { notebookProblems } from './notebook-problems.ts';

const OUTPUT_MODEL = { _model_name: 'OutputModel', _model_module: '@jupyter-widgets/output' };

test('whatever a kernel sends, the notebook stays valid and nothing is thrown', async () => {
  await always(
    fc.property(kernelMessages, outputLimits, (sent, limits) => {
      const notebook = aNotebook({ cells: [aCodeCell({ id: 'a' }), aCodeCell({ id: 'b' })] });
      const outputs = new NotebookOutputs(notebook, limits);
      outputs.begin(0, 'request-0');
      outputs.receive(messagesOf(0).commOpen('w', { ...OUTPUT_MODEL, msg_id: 'request-0' }));
      outputs.begin(1, 'request-1');
      for (const message of sent) {
        JSON.stringify(outputs.receive(message));
        expect(notebookProblems(notebook)).toEqual([]);
      }
      outputs.ensureError(0, sent[0]?.content ?? {});
      outputs.finish();
      expect(notebookProblems(notebook)).toEqual([]);
      expect(notebookProblems(parseNotebook(notebookText(notebook)))).toEqual([]);
      if (Object.values(limits).every((limit) => limit === undefined)) expect(outputs.truncated).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

/** What a cell shows in the end of a stream that came in these pieces. */
function shown(texts: readonly string[], limits: OutputLimits) {
  const notebook = aNotebook({ cells: [aCodeCell()] });
  const outputs = new NotebookOutputs(notebook, limits);
  outputs.begin(0, 'request-0');
  for (const text of texts) outputs.receive(messagesOf(0).stream(text));
  outputs.finish();
  return notebook.cells[0]?.outputs;
}

test('any cut of a stream into messages gives the same output, within limits too', () => {
  const chunks = fc.array(streamText, { maxLength: 12 });
  fc.assert(
    fc.property(chunks, outputLimits, (parts, limits) => {
      fc.pre(parts.join('') !== '');
      expect(shown([...parts, ''], limits)).toEqual(shown([parts.join('')], limits));
      expect(shown(parts.join('').split(''), limits)).toEqual(shown([parts.join('')], limits));
    }),
    {
      numRuns: 1000,
      // Half characters were kept or replaced depending on the cut.
      examples: [
        [['\ud800\n', 'aa😀\n'], { streamBytes: undefined, outputBytes: undefined, notebookBytes: 10 }],
      ],
    },
  );
});

test('so does a stream of which the middle is left out, and the end kept', async () => {
  const long = fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), streamText);
  const cuts = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 6 });
  await always(
    fc.property(long, cuts, outputLimits, ([line, end], lengths, limits) => {
      const whole = `${`${line}\n`.repeat(TAIL_BYTES)}${end}`;
      const expected = shown([whole], limits);
      expect(shown(piecesOf(whole, lengths), limits)).toEqual(expected);
      const [kept] = expected ?? [];
      const text = kept?.output_type === 'stream' ? kept.text : '';
      if (limits.streamBytes !== undefined && limits.streamBytes > 0)
        expect(text).toContain(' left out here');
    }),
    { numRuns: 40 },
  );
});

/** Cut again and again by these lengths. */
function piecesOf(whole: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < whole.length;) {
    const end = start + (lengths[pieces.length % lengths.length] ?? 1);
    pieces.push(whole.slice(start, end));
    start = end;
  }
  return pieces;
}
