import { describe, expect, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import type { KernelMessage, Output } from '../../src/notebook/types.ts';
import { display, error, outputsOf, result, stream } from './outputs.ts';
import { aCodeCell, aMessage, aNotebook, collectMessages, messagesOf } from '../fakes/kernel-messages.ts';

const first = messagesOf(0);
const second = messagesOf(1);

describe('messages become outputs', () => {
  test.each<[string, KernelMessage[], Output[], Output[]?]>([
    ['nothing said', [first.busy(), first.input(1), first.idle()], []],
    [
      'chunks of one stream are one output',
      [first.stream('a'), first.stream('b\n'), first.stream('c')],
      [stream('ab\nc')],
    ],
    [
      'streams are separate where another output comes between',
      [
        first.stream('a'),
        first.stream('b', 'stderr'),
        first.stream('c'),
        first.display('d'),
        first.stream('e'),
      ],
      [stream('a'), stream('b', 'stderr'), stream('c'), display('d'), stream('e')],
    ],
    [
      'streams are resolved across chunks',
      [first.stream('10%\r2'), first.stream('0%\r'), first.stream('30%\n')],
      [stream('30%\n')],
    ],
    ['results and errors', [first.result('1', 3), first.error()], [result('1', 3), error]],
    ['an output names no transient', [first.display('a', 'x')], [display('a')]],
    [
      'late output reaches the cell that caused it',
      [first.idle(), second.stream('b'), first.stream('late')],
      [stream('late')],
      [stream('b')],
    ],
    [
      'messages of others are dropped',
      [aMessage({ type: 'stream', parentId: 'other', content: { name: 'stdout', text: 'x' } })],
      [],
    ],
    [
      'messages without a parent are dropped',
      [aMessage({ type: 'stream', parentId: undefined, content: { name: 'stdout', text: 'x' } })],
      [],
    ],
    ['unknown types are dropped', [first.of('hologram', { data: {} })], []],
    [
      'other channels are dropped',
      [aMessage({ type: 'stream', channel: 'control', content: { name: 'stdout', text: 'x' } })],
      [],
    ],
  ])('%s', (_what, messages, expected, later = []) => {
    const { notebook } = collectMessages(messages);
    expect(outputsOf(notebook)).toEqual([expected, later]);
  });
});

describe('display ids', () => {
  test.each<[string, KernelMessage[], Output[], Output[]?]>([
    ['an update replaces the content', [first.display('a', 'x'), first.update('b', 'x')], [display('b')]],
    [
      'an update of an unknown id does nothing',
      [first.display('a', 'x'), first.update('b', 'y')],
      [display('a')],
    ],
    [
      'an update without an id does nothing',
      [first.display('a'), first.of('update_display_data', { data: {}, metadata: {} })],
      [display('a')],
    ],
    [
      'a second display with the id changes the first, too',
      [first.display('a', 'x'), first.display('b', 'x')],
      [display('b'), display('b')],
    ],
    [
      'an update reaches earlier cells',
      [first.display('a', 'x'), first.idle(), second.update('b', 'x')],
      [display('b')],
    ],
    [
      'an update by nobody known still counts',
      [first.display('a', 'x'), { ...first.update('b', 'x'), parentId: 'other' }],
      [display('b')],
    ],
    [
      'a result keeps its type and number',
      [first.result('a', 4, 'x'), second.update('b', 'x')],
      [result('b', 4)],
    ],
    [
      'a result changes earlier displays',
      [first.display('a', 'x'), second.result('b', 1, 'x')],
      [display('b')],
      [result('b', 1)],
    ],
    [
      'cleared displays are forgotten',
      [first.display('a', 'x'), first.clear(), first.stream('s'), first.update('b', 'x')],
      [stream('s')],
    ],
    [
      'ids that are null are no ids',
      [
        first.of('display_data', {
          data: { 'text/plain': 'a' },
          metadata: {},
          transient: { display_id: null },
        }),
        first.of('display_data', { data: { 'text/plain': 'b' }, metadata: {}, transient: null }),
      ],
      [display('a'), display('b')],
    ],
  ])('%s', (_what, messages, expected, later = []) => {
    const { notebook } = collectMessages(messages);
    expect(outputsOf(notebook)).toEqual([expected, later]);
  });
});

describe('clear_output', () => {
  test.each<[string, KernelMessage[], Output[], Output[]?]>([
    ['clears at once', [first.stream('a'), first.clear()], []],
    [
      'with wait clears when the next output comes',
      [first.stream('a'), first.clear(true), first.stream('b')],
      [stream('b')],
    ],
    [
      'with wait and no output clears nothing',
      [first.stream('a'), first.clear(true), first.idle()],
      [stream('a')],
    ],
    [
      'with wait ends with its cell',
      [first.stream('a'), first.clear(true), first.idle(), first.display('late')],
      [stream('a'), display('late')],
    ],
    [
      'with wait is no business of other cells',
      [first.stream('a'), first.clear(true), second.stream('b')],
      [stream('a')],
      [stream('b')],
    ],
    [
      'with wait is not used up by an update',
      [first.display('a', 'x'), first.clear(true), first.update('b', 'x'), first.display('c')],
      [display('c')],
    ],
    [
      'with wait is used up by one output',
      [first.clear(true), first.stream('a', 'stderr'), first.stream('b')],
      [stream('a', 'stderr'), stream('b')],
    ],
    ['starts streams anew', [first.stream('abc'), first.clear(), first.stream('\rX')], [stream('X')]],
  ])('%s', (_what, messages, expected, later = []) => {
    const { notebook } = collectMessages(messages);
    expect(outputsOf(notebook)).toEqual([expected, later]);
  });
});

describe('the execution count', () => {
  const reply = (count: number) => first.reply({ status: 'ok', execution_count: count });
  test.each<[string, KernelMessage[], number | null]>([
    ['comes with execute_input', [first.input(3)], 3],
    ['comes with any message', [first.of('stream', { name: 'stdout', text: '', execution_count: 42 })], 42],
    ['comes with the result', [first.input(3), first.result('x', 4)], 4],
    ['comes with the reply when nothing else brought it', [reply(5)], 5],
    ['is not changed by the reply', [first.input(3), reply(5)], 3],
    [
      'is never anything else than a count',
      [
        first.input(3),
        first.of('execute_input', { execution_count: 'four' }),
        first.of('execute_input', { execution_count: NaN }),
        first.of('execute_input', { execution_count: -1 }),
      ],
      3,
    ],
    ['may be written as a float', [first.of('execute_input', { execution_count: JSON.rawJSON('7.0') })], 7],
  ])('%s', (_what, messages, count) => {
    expect(collectMessages(messages).notebook.cells[0]?.execution_count).toBe(count);
  });
});

test('a new execution forgets what an earlier one left', () => {
  const old = { 'iopub.status.busy': 'long ago', timeout: 60 };
  const notebook = aNotebook({
    cells: [aCodeCell({ outputs: [display('old')], execution_count: 7, metadata: { execution: old } })],
  });
  new NotebookOutputs(notebook).begin(0, 'r');
  expect(notebook.cells[0]).toMatchObject({
    outputs: [],
    execution_count: null,
    metadata: { execution: { timeout: 60 } },
  });
});

test('the times of a cell have the keys and the form of nbclient', () => {
  const at = (message: KernelMessage, date: string) => ({ ...message, date });
  const { notebook } = collectMessages([
    at(first.busy(), '2024-05-06T07:08:09.123456Z'),
    at(first.input(1), '2024-05-06T09:08:09.5+02:00'),
    at(first.reply(), '2024-05-06T07:08:10+0000'),
    at(first.idle(), '2024-05-06 07:08:11,000001'),
    at(second.busy(), 'yesterday'),
    { ...second.idle(), date: undefined },
    second.of('status', { execution_state: 'starting' }),
  ]);
  expect(notebook.cells.map((cell) => cell.metadata['execution'])).toEqual([
    {
      'iopub.status.busy': '2024-05-06T07:08:09.123456Z',
      'iopub.execute_input': '2024-05-06T07:08:09.500000Z',
      'shell.execute_reply': '2024-05-06T07:08:10.000000Z',
      'iopub.status.idle': '2024-05-06T07:08:11.000001Z',
    },
    {},
  ]);
});
