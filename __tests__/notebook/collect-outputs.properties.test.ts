import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
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

test('any cut of a stream into messages gives the same output, within limits too', () => {
  const chunks = fc.array(streamText, { maxLength: 12 });
  fc.assert(
    fc.property(chunks, outputLimits, (parts, limits) => {
      const shown = (texts: readonly string[]) => {
        const notebook = aNotebook({ cells: [aCodeCell()] });
        const outputs = new NotebookOutputs(notebook, limits);
        outputs.begin(0, 'request-0');
        for (const part of texts) outputs.receive(messagesOf(0).stream(part));
        outputs.finish();
        return notebook.cells[0]?.outputs;
      };
      fc.pre(parts.join('') !== '');
      expect(shown([...parts, ''])).toEqual(shown([parts.join('')]));
      expect(shown(parts.join('').split(''))).toEqual(shown([parts.join('')]));
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
