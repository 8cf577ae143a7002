import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { beforeAll, expect, inject, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import { aCodeCell, aNotebook, messagesOf } from '../fakes/kernel-messages.ts';
import { kernelMessages, outputLimits } from '../notebook/kernel-message-arbitrary.ts';
import { always } from '../properties/always.ts';

let validate: ValidateFunction;
beforeAll(() => {
  const source = 'import nbformat, os; print(os.path.dirname(nbformat.__file__))';
  const folder = execFileSync(inject('python').executable, ['-c', source], { encoding: 'utf8' }).trim();
  const schema = JSON.parse(readFileSync(`${folder}/v4/nbformat.v4.5.schema.json`, 'utf8')) as Record<
    string,
    unknown
  >;
  delete schema['$schema']; // of a draft that the validator does not know, and that says the same here
  validate = new Ajv({ strict: false, validateSchema: false }).compile(schema);
});

test('whatever a kernel sends, nbformat takes the notebook', async () => {
  await always(
    fc.property(kernelMessages, outputLimits, (sent, limits) => {
      const notebook = aNotebook({ cells: [aCodeCell({ id: 'a' }), aCodeCell({ id: 'b' })] });
      const outputs = new NotebookOutputs(notebook, limits);
      outputs.begin(0, 'request-0');
      outputs.begin(1, 'request-1');
      for (const message of sent) outputs.receive(message);
      outputs.ensureError(1, sent[0]?.content ?? {});
      outputs.finish();
      const written = JSON.parse(notebookText(notebook)) as unknown;
      expect(validate(written) ? [] : validate.errors).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the schema refuses what is no output', () => {
  const cells = [{ ...aCodeCell({ id: 'a' }), source: '', outputs: [{ output_type: 'hologram' }] }];
  expect(validate({ ...aNotebook(), cells })).toBe(false);
  const notebook = aNotebook({ cells: [aCodeCell({ id: 'a' })] });
  new NotebookOutputs(notebook).begin(0, 'request-0');
  expect(messagesOf(0).stream('x').type).toBe('stream');
  expect(validate(JSON.parse(notebookText(notebook)))).toBe(true);
});
