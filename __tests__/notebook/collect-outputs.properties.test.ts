import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import type { OutputLimits } from '../../src/notebook/output-limits.ts';
import { parseNotebook } from '../../src/notebook/parse-notebook.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import type { Json, JsonObject, KernelMessage } from '../../src/notebook/types.ts';
import { aCodeCell, aMessage, aNotebook, messagesOf } from '../fakes/kernel-messages.ts';
import { notebookProblems } from './notebook-problems.ts';

const TYPES = [
  'stream',
  'display_data',
  'update_display_data',
  'execute_result',
  'error',
  'clear_output',
  'execute_input',
  'status',
  'comm_open',
  'comm_msg',
  'comm_close',
  'execute_reply',
  'hologram',
  '__proto__',
];
const OUTPUT_MODEL = { _model_name: 'OutputModel', _model_module: '@jupyter-widgets/output' };

const anything = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }) as fc.Arbitrary<Json>;
const maybe = (likely: fc.Arbitrary<Json>) =>
  fc.oneof({ weight: 4, arbitrary: likely }, { weight: 1, arbitrary: anything });
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '\n', '\r', '\b', '\x1b[31m', '\ud800', '😀', '\0'),
});
const object = (entries: Record<string, fc.Arbitrary<Json>>) =>
  fc.record(entries, { requiredKeys: [] }) as unknown as fc.Arbitrary<JsonObject>;

const content = object({
  name: maybe(fc.constantFrom('stdout', 'stderr')),
  text: maybe(text),
  data: maybe(
    object({
      'text/plain': maybe(text),
      'application/json': anything,
      state: maybe(
        object({
          msg_id: maybe(fc.constantFrom('request-0', 'request-1', '')),
          outputs: anything,
          value: anything,
        }),
      ),
      buffer_paths: anything,
      method: maybe(fc.constantFrom('update', 'echo_update')),
    }),
  ),
  metadata: maybe(fc.constant({})),
  transient: maybe(object({ display_id: maybe(fc.constantFrom('x', 'y')) })),
  execution_count: maybe(fc.nat()),
  ename: maybe(text),
  evalue: maybe(text),
  traceback: maybe(fc.array(text)),
  wait: maybe(fc.boolean()),
  execution_state: maybe(fc.constantFrom('busy', 'idle')),
  comm_id: maybe(fc.constantFrom('w', 'v', '__proto__')),
  target_name: maybe(fc.constant('jupyter.widget')),
});

const messages: fc.Arbitrary<KernelMessage[]> = fc.array(
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      channel: fc.constantFrom<KernelMessage['channel']>('iopub', 'iopub', 'iopub', 'shell', 'stdin'),
      parentId: fc.constantFrom('request-0', 'request-1', 'other', undefined),
      date: fc.constantFrom('2024-05-06T07:08:09Z', undefined, 'x'),
      content,
    })
    .map((message) => aMessage({ ...message, buffers: [new Uint8Array([1])] })),
  { maxLength: 30 },
);

const limits: fc.Arbitrary<OutputLimits> = fc.record({
  streamBytes: fc.constantFrom(undefined, 0, 1, 150, 500),
  outputBytes: fc.constantFrom(undefined, 1, 60),
  notebookBytes: fc.constantFrom(undefined, 10, 300, 1000),
});

test('whatever a kernel sends, the notebook stays valid and nothing is thrown', () => {
  fc.assert(
    fc.property(messages, limits, (sent, limits) => {
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
  const chunks = fc.array(text, { maxLength: 12 });
  fc.assert(
    fc.property(chunks, limits, (parts, limits) => {
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
