import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Value } from '../../src/model.ts';
import type { Notebook, Output } from '../../src/notebook/types.ts';
import { redactBatch } from '../../src/report/redact-batch.ts';
import { redactNotebook } from '../../src/report/redact-notebook.ts';
import { redactor } from '../../src/report/redact.ts';
import { aBatch, aFailure, anError, aRun } from '../fakes/runs.ts';
import { aCell, aNotebook, display, stdout } from './executed-notebooks.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

const SECRET = 'correct horse battery';
const redact = redactor([SECRET]);
const IMAGE = Buffer.from(`PNG ${SECRET}`).toString('base64');

test('secrets are hidden in sources, metadata, streams, texts and JSON of outputs, and tracebacks; images are left', () => {
  const notebook = (secret: string): Notebook => ({
    ...aNotebook([
      {
        cell_type: 'markdown',
        metadata: {},
        source: `# ${secret}`,
        attachments: { 'a.png': { 'image/png': IMAGE } },
      },
      {
        ...aCell(1, `password = "${secret}"`, [
          stdout(`password: ${secret}\n`),
          {
            output_type: 'execute_result',
            execution_count: 1,
            metadata: { note: secret },
            data: {
              'text/plain': secret,
              'text/html': `<b>${secret}</b>`,
              'image/svg+xml': `<svg><text>${secret}</text></svg>`,
              'application/json': { list: [secret, 1, null], [secret]: true },
              'image/png': IMAGE,
            },
          },
          {
            output_type: 'error',
            ename: 'E',
            evalue: secret,
            traceback: ['line', `\x1b[31m${secret}\x1b[0m`],
          },
        ]),
        metadata: { papermill: { status: secret } },
      },
    ]),
    metadata: { papermill: { parameters: { password: secret, rawest: JSON.rawJSON('1.0') } } },
  });
  expect(redactNotebook(notebook(SECRET), redact)).toEqual({ notebook: notebook('***'), hits: 13 });
});

test('a notebook without secrets is the same object', () => {
  const notebook = aNotebook([aCell(1, 'x', [stdout('x')])]);
  expect(redactNotebook(notebook, redact).notebook).toBe(notebook);
});

test('a secret that is cut into outputs, of one cell or of several, is hidden wherever it is cut', () => {
  const kinds: readonly ((text: string) => Output)[] = [
    stdout,
    (text) => ({ output_type: 'stream', name: 'stderr', text }),
    (text) => display({ 'text/plain': text }),
  ];
  const pieces = fc.array(fc.record({ length: fc.nat(30), kind: fc.nat(2), newCell: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.string(), fc.string(), pieces, (before, after, cuts) => {
      let rest = `${before}${SECRET}${after}`;
      const cells = [aCell(1, '', [])];
      for (const [index, { length, kind, newCell }] of cuts.entries()) {
        const text = index === cuts.length - 1 ? rest : rest.slice(0, length);
        rest = rest.slice(text.length);
        if (newCell) cells.push(aCell(1, '', []));
        const output = kinds[kind]?.(text);
        if (output !== undefined) cells.at(-1)?.outputs?.push(output);
      }
      const { notebook } = redactNotebook(aNotebook(cells), redact);
      expect(shownText(notebook)).toBe(redact(`${before}${SECRET}${after}`).text);
    }),
  );
});

test('a secret whose pieces stand between the pieces of another stream is hidden', () => {
  const stderr: Output = { output_type: 'stream', name: 'stderr', text: 'a warning' };
  const cut = aNotebook([aCell(1, '', [stdout('correct horse '), stderr, stdout('battery')])]);
  const { notebook, hits } = redactNotebook(cut, redact);
  expect(notebook.cells[0]?.outputs).toEqual([stdout('***'), stderr, stdout('')]);
  expect(hits).toBe(1);
});

test('a batch tells no secret of its parameters, names, errors and warnings', () => {
  const batch = (secret: string, number: bigint | string) => {
    const parameters = new Map<string, Value>([
      ['plain', 1n],
      ['number', number],
      ['config', new Map([['list', [secret, 0.5]]])],
    ]);
    const paths = { outputLabel: 'one', outputPath: '/project/one.ipynb' };
    const run = aRun({ ...paths, name: `run ${secret}`, parameters, injectedSource: `x = "${secret}"` });
    const error = anError({ evalue: secret, traceback: `E: ${secret}` });
    return aBatch([aFailure({ run, error, warnings: [secret] })]);
  };
  const numbers = redactor([SECRET, '1234567890']);
  expect(redactBatch(batch(SECRET, 1234567890n), numbers)).toEqual({ batch: batch('***', '***'), hits: 7 });
  const clean = batch('nothing', 1n);
  expect(redactBatch(clean, numbers).batch).toBe(clean);
});

/** Everything a reader sees of the outputs, in order. */
function shownText({ cells }: Notebook): string {
  return cells
    .flatMap(({ outputs = [] }) => outputs)
    .map((output) => {
      if (output.output_type === 'stream') return output.text;
      const text = 'data' in output ? output.data['text/plain'] : '';
      return typeof text === 'string' ? text : '';
    })
    .join('');
}
