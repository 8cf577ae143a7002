import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, KernelMessage } from '../../src/notebook/types.ts';
import { collectMessages, messagesOf } from '../fakes/kernel-messages.ts';

const first = messagesOf(0);
const SLIDER = {
  _model_name: 'IntSliderModel',
  _model_module: '@jupyter-widgets/controls',
  _model_module_version: '2.0.0',
};
const OUTPUT = {
  _model_name: 'OutputModel',
  _model_module: '@jupyter-widgets/output',
  _model_module_version: '1.0.0',
  msg_id: '',
  outputs: [],
};

function collect(messages: readonly KernelMessage[]) {
  const { notebook, outputs, effects } = collectMessages(messages);
  outputs.finish();
  const widgets = notebook.metadata['widgets'] as
    Record<string, { state: Record<string, JsonObject> }> | undefined;
  const state = widgets?.['application/vnd.jupyter.widget-state+json']?.state;
  return { notebook, outputs, effects, widgets, state };
}

const shownBy = (state: Record<string, JsonObject> | undefined, id: string) =>
  (state?.[id]?.['state'] as JsonObject)['outputs'];
const text = (said: string, name = 'stdout') => ({ output_type: 'stream', name, text: said });

describe('the state of widgets', () => {
  test('is written in the shape of nbclient, the last state of each', () => {
    const { widgets } = collect([
      first.commOpen('w', { ...SLIDER, value: 1 }),
      first.commUpdate('w', { value: JSON.rawJSON('2.0') }),
    ]);
    expect(widgets).toEqual({
      'application/vnd.jupyter.widget-state+json': {
        version_major: 2,
        version_minor: 0,
        state: {
          w: {
            model_name: 'IntSliderModel',
            model_module: '@jupyter-widgets/controls',
            model_module_version: '2.0.0',
            state: { ...SLIDER, value: JSON.rawJSON('2.0') },
          },
        },
      },
    });
  });

  test('has buffers as base64, the last of each path', () => {
    const bytes = (...values: number[]) => [new Uint8Array([0, ...values]).subarray(1)];
    const open = first.commOpen('w', { ...SLIDER, value: {} });
    const withBuffer = (message: KernelMessage, path: Json[], buffers: Uint8Array[]) => ({
      ...message,
      buffers,
      content: {
        ...message.content,
        data: { ...(message.content['data'] as JsonObject), buffer_paths: [path] },
      },
    });
    const { state } = collect([
      withBuffer(open, ['value', 'x'], bytes(1, 2, 3)),
      withBuffer(first.commUpdate('w', { other: null }), ['other'], bytes(4)),
      withBuffer(first.commUpdate('w', { other: null }), ['other'], bytes(255)),
    ]);
    expect(state?.['w']?.['buffers']).toEqual([
      { data: 'AQID', encoding: 'base64', path: ['value', 'x'] },
      { data: '/w==', encoding: 'base64', path: ['other'] },
    ]);
    // A new value without a buffer has none.
    const replaced = collect([
      withBuffer(open, ['value'], bytes(1)),
      first.commUpdate('w', { value: 'text' }),
    ]);
    expect(replaced.state?.['w']).not.toHaveProperty('buffers');
  });

  test('is known whoever the message belongs to, and also when a cell fails', () => {
    const { state, notebook } = collect([
      first.commOpen('w', SLIDER),
      { ...first.commUpdate('w', { value: 5 }), parentId: 'other' },
      first.error(),
    ]);
    expect(state?.['w']?.['state']).toMatchObject({ value: 5 });
    expect(notebook.cells[0]?.outputs).toHaveLength(1);
  });

  test.each<[string, KernelMessage[]]>([
    [
      'other targets',
      [first.commOpen('w', SLIDER, { target: 'vendor' }), first.commUpdate('w', { value: 1 })],
    ],
    ['comms never opened', [first.commUpdate('w', { ...SLIDER })]],
    [
      'comms without an id',
      [first.of('comm_open', { target_name: 'jupyter.widget', data: { state: SLIDER } })],
    ],
    [
      'comms without data',
      [first.of('comm_msg', { comm_id: 'w' }), first.of('comm_close', { comm_id: 'w' })],
    ],
  ])('leaves alone %s', (_what, messages) => {
    const { widgets, outputs, effects } = collect(messages);
    expect([widgets, outputs.malformed, effects]).toEqual([undefined, 0, []]);
  });

  test('custom messages and models without a name do no harm', () => {
    const custom = first.of('comm_msg', { comm_id: 'w', data: { method: 'custom', content: {} } });
    expect(collect([first.commOpen('w', { value: 1 }), custom]).state).toEqual({});
  });

  test('is nothing but keys, whatever their names', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as JsonObject;
    const { state } = collect([
      first.commOpen('__proto__', { ...SLIDER, ...hostile }),
      first.commOpen('w', { ...SLIDER, ...hostile }),
    ]);
    expect(Object.keys(state ?? {})).toEqual(['__proto__', 'w']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('Output widgets', () => {
  const open = (id: string) => first.commOpen(id, OUTPUT);
  const enter = (id: string, request = 'request-0') => first.commUpdate(id, { msg_id: request });
  const leave = (id: string) => first.commUpdate(id, { msg_id: '' });

  test('take the outputs of their block, streams merged, and the cell keeps the rest', () => {
    const { notebook, state } = collect([
      open('w'),
      first.stream('before'),
      enter('w'),
      first.stream('one\r'),
      first.stream('two'),
      first.display('shown'),
      first.error(),
      leave('w'),
      first.stream('after'),
      first.idle(),
    ]);
    expect(notebook.cells[0]?.outputs).toEqual([text('beforeafter')]);
    expect(shownBy(state, 'w')).toEqual([
      text('two'),
      { output_type: 'display_data', data: { 'text/plain': 'shown' }, metadata: {} },
      { output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: ['line 1', 'line 2'] },
    ]);
  });

  test('nest: the one entered last takes the outputs, in whatever order they are left', () => {
    const messages = [open('a'), open('b'), enter('a'), first.stream('1'), enter('b'), first.stream('2')];
    const { state } = collect([...messages, leave('b'), first.stream('3'), leave('a'), first.stream('4')]);
    expect([shownBy(state, 'a'), shownBy(state, 'b')]).toEqual([[text('13')], [text('2')]]);
    const crossed = collect([...messages, leave('a'), first.stream('3'), leave('b'), first.stream('4')]);
    expect([shownBy(crossed.state, 'a'), shownBy(crossed.state, 'b')]).toEqual([[text('1')], [text('23')]]);
    expect(crossed.notebook.cells[0]?.outputs).toEqual([text('4')]);
  });

  test('take the outputs of the request they were told, and of no other', () => {
    const { notebook, state } = collect([
      open('w'),
      enter('w', 'request-1'),
      first.stream('a'),
      messagesOf(1).stream('b'),
    ]);
    expect([notebook.cells[0]?.outputs, notebook.cells[1]?.outputs, shownBy(state, 'w')]).toEqual([
      [text('a')],
      [],
      [text('b')],
    ]);
  });

  test('are cleared by clear_output inside their block', () => {
    const now = collect([open('w'), enter('w'), first.stream('a'), first.clear(), first.stream('b')]);
    const wait = collect([
      open('w'),
      enter('w'),
      first.stream('a'),
      first.clear(true),
      first.stream('b'),
      first.clear(true),
      leave('w'),
    ]);
    expect([shownBy(now.state, 'w'), shownBy(wait.state, 'w')]).toEqual([[text('b')], [text('b')]]);
  });

  test('follow updates of displays they hold', () => {
    const { state, effects } = collect([
      open('w'),
      enter('w'),
      first.display('a', 'x'),
      leave('w'),
      first.update('b', 'x'),
      first.idle(),
    ]);
    expect(shownBy(state, 'w')).toEqual([
      { output_type: 'display_data', data: { 'text/plain': 'b' }, metadata: {} },
    ]);
    expect(effects).toHaveLength(1);
  });

  test('show what the kernel sets, and what comes after it', () => {
    const set = first.commUpdate('w', { outputs: [text('set', 'stderr'), { output_type: 'hologram' }, 7] });
    const { state } = collect([
      open('w'),
      enter('w'),
      first.stream('old'),
      set,
      first.stream('new', 'stderr'),
    ]);
    expect(shownBy(state, 'w')).toEqual([text('setnew', 'stderr')]);
  });

  test('do not fall back to what the kernel echoes', () => {
    const echo = first.commUpdate('w', { outputs: [] }, 'echo_update');
    const { state } = collect([open('w'), enter('w'), first.stream('a'), echo, first.stream('b')]);
    expect(shownBy(state, 'w')).toEqual([text('ab')]);
  });

  test('are told to the kernel once their request is over, with all they hold', () => {
    const idle = first.idle();
    const { effects } = collect([
      open('w'),
      enter('w'),
      first.stream('a'),
      first.stream('b'),
      leave('w'),
      idle,
      idle,
    ]);
    expect(effects).toEqual([
      {
        kind: 'send-comm',
        content: {
          comm_id: 'w',
          data: { method: 'update', state: { outputs: [text('ab')] }, buffer_paths: [] },
        },
        parent: expect.objectContaining({ type: 'stream', parentId: 'request-0' }) as KernelMessage,
      },
    ]);
  });
});
