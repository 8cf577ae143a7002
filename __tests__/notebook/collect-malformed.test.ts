import { describe, expect, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import type { KernelMessage, Output } from '../../src/notebook/types.ts';
import { display, error, outputsOf, result, stream } from './outputs.ts';
import { aCodeCell, aNotebook, collectMessages, messagesOf } from '../fakes/kernel-messages.ts';

const first = messagesOf(0);

describe('errors', () => {
  const reply = { status: 'error', ename: 'KeyError', evalue: "'a'", traceback: ['t'] };

  test('an error that never arrived is rebuilt from the reply', () => {
    const { notebook, outputs } = collectMessages([first.stream('a')]);
    outputs.ensureError(0, reply);
    outputs.ensureError(0, reply);
    expect(outputsOf(notebook)[0]).toEqual([
      stream('a'),
      { output_type: 'error', ename: 'KeyError', evalue: "'a'", traceback: ['t'] },
    ]);
    expect([outputs.cellHasError(0), outputs.cellHasError(1)]).toEqual([true, false]);
  });

  test('nothing is rebuilt when it arrived, or when there was none', () => {
    const { notebook, outputs } = collectMessages([first.error()]);
    outputs.ensureError(0, reply);
    outputs.ensureError(1, { status: 'ok' });
    outputs.ensureError(1, { status: 'aborted' });
    expect(outputsOf(notebook)).toEqual([[error], []]);
    expect([outputs.lastError(0), outputs.lastError(1)]).toEqual([error, undefined]);
  });

  test('a reply that says nothing still gives a valid error', () => {
    const { outputs } = collectMessages([]);
    outputs.ensureError(0, { status: 'error' });
    expect(outputs.lastError(0)).toEqual({ output_type: 'error', ename: 'Error', evalue: '', traceback: [] });
  });

  test('an error of our own can be added before and after a request', () => {
    const notebook = aNotebook({ cells: [aCodeCell(), aCodeCell()] });
    const outputs = new NotebookOutputs(notebook);
    const own = { output_type: 'error', ename: 'CellTimeoutError', evalue: '', traceback: [] } as const;
    outputs.begin(0, 'request-0');
    outputs.addError(0, { ...own, traceback: [] });
    outputs.addError(1, { ...own, traceback: [] });
    expect(outputsOf(notebook)).toEqual([[own], [own]]);
  });
});

describe('malformed messages are repaired or dropped, and counted', () => {
  test.each<[string, KernelMessage, Output[]]>([
    ['a stream without a name', first.of('stream', { text: 'a' }), [stream('a')]],
    [
      'a stream of lines',
      first.of('stream', { name: 'stderr', text: ['a\n', 'b'] }),
      [stream('a\nb', 'stderr')],
    ],
    ['a stream of a number', first.of('stream', { name: 'stdout', text: 1.5 }), [stream('1.5')]],
    ['a stream without text', first.of('stream', { name: 'stdout' }), []],
    ['a display without metadata', first.of('display_data', { data: { 'text/plain': 'a' } }), [display('a')]],
    ['a display whose data is a list', first.of('display_data', { data: [] }), []],
    [
      'a display of things that must be text',
      first.of('display_data', {
        data: {
          'text/plain': ['a', 'b'],
          'text/html': { x: 1 },
          'image/png': null,
          'application/json': null,
        },
        metadata: [],
      }),
      [
        {
          output_type: 'display_data',
          data: { 'text/plain': 'ab', 'text/html': '{"x": 1}', 'application/json': null },
          metadata: {},
        },
      ],
    ],
    [
      'a result with a bad number',
      first.of('execute_result', { data: { 'text/plain': 'a' }, metadata: {}, execution_count: 1.5 }),
      [{ ...result('a', 0), execution_count: null } as Output],
    ],
    [
      'an error without a list',
      first.of('error', { ename: 'E', evalue: 7, traceback: 'one\ntwo' }),
      [{ output_type: 'error', ename: 'E', evalue: '7', traceback: ['one\ntwo'] }],
    ],
    [
      'an error of nothing',
      first.of('error', {}),
      [{ output_type: 'error', ename: 'Error', evalue: '', traceback: [] }],
    ],
  ])('%s', (_what, message, expected) => {
    const { notebook, outputs } = collectMessages([message]);
    expect(outputsOf(notebook)[0]).toEqual(expected);
    expect(outputs.malformed).toBeGreaterThan(0);
  });

  test('a message without content is counted', () => {
    const { outputs } = collectMessages([{ ...first.stream('x'), content: null as never }]);
    expect(outputs.malformed).toBe(1);
  });

  test('outputs of nobody are counted, other messages of nobody are not', () => {
    const nobody = { parentId: 'other' };
    const { outputs } = collectMessages([
      { ...first.stream('x'), ...nobody },
      { ...first.error(), ...nobody },
      { ...first.clear(), ...nobody },
      { ...first.idle(), ...nobody },
      { ...first.update('x', 'y'), ...nobody },
    ]);
    expect([outputs.strays, outputs.malformed]).toEqual([3, 0]);
  });
});

test('the notebook can be written at any moment, and is plain data at the end', () => {
  const { notebook, outputs } = collectMessages([first.stream('1%\r'), first.stream('2%')]);
  expect(notebookText(notebook)).toContain('"2%"');
  outputs.receive(first.stream('\r3%'));
  expect(notebookText(notebook)).toContain('"3%"');
  outputs.finish();
  expect(structuredClone(notebook)).toEqual(notebook);
  expect(Object.getOwnPropertyDescriptor(notebook.cells[0]?.outputs?.[0], 'text')).toHaveProperty(
    'value',
    '3%',
  );
});

test('asking for a cell that has no outputs is our own mistake', () => {
  const outputs = new NotebookOutputs(
    aNotebook({ cells: [{ cell_type: 'markdown', metadata: {}, source: '' }] }),
  );
  expect(() => outputs.begin(0, 'r')).toThrow('cell 0 of the notebook is not a code cell');
  expect(() => outputs.begin(1, 'r')).toThrow('cell 1');
});
