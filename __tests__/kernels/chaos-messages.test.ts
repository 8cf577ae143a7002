import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeChaos, properly, startTestKernels, type Step, type TestKernels, textOf } from './chaos.ts';

let kernels: TestKernels;
beforeAll(async () => {
  kernels = await startTestKernels();
});
afterAll(async () => {
  await kernels.jupyter[Symbol.asyncDispose]();
});

/** Each of them between two good outputs, which must both be there. */
const MALFORMED: Readonly<Record<string, readonly Step[]>> = {
  'no metadata': [['frames', { metadata: 'null' }]],
  'metadata that are a list': [['frames', { metadata: '[1]' }]],
  'no parent': [['frames', { parent_header: '{}' }]],
  'a parent that is null': [['frames', { parent_header: 'null' }]],
  'a header that is empty': [['frames', { header: '{}' }]],
  'a header that is no JSON': [['frames', { header: 'nonsense' }]],
  'content that is no JSON': [['frames', { content: '{"name": "stdout", "text": ' }]],
  'content that is a list': [['frames', { content: '[]' }]],
  'content that is not UTF-8': [['frames', { content: '{"name": "stdout", "text": "\udcff"}' }]],
  'content without a text': [['publish', 'stream', { name: 'stdout' }]],
  'a text that is a number': [['publish', 'stream', { name: 'stdout', text: 5 }]],
  'a stream without a name': [['publish', 'stream', { text: '' }]],
  'a count that is null': [['publish', 'execute_input', { code: 'x', execution_count: null }]],
  'a count that is a text': [['publish', 'execute_input', { code: 'x', execution_count: 'one' }]],
  'a state nobody knows': [['status', 'confused']],
  'a state that is no text': [['status', { deep: ['er'] }]],
  'a type nobody knows': [['publish', 'x-my-own', { anything: [1, { at: 'all' }] }]],
  'an error of wrong types': [['publish', 'status', { execution_state: null, ename: 3 }]],
  'a display without data': [['publish', 'display_data', { metadata: null }]],
  'an update of nothing': [['publish', 'update_display_data', { data: {}, transient: null }]],
  'a clear_output of nonsense': [
    ['publish', 'clear_output', { wait: 'perhaps' }],
    ['stream', ''],
  ],
  'a comm that was never opened': [['publish', 'comm_msg', { comm_id: 'none', data: null }]],
  'a comm without an id': [['publish', 'comm_open', { target_name: 7 }]],
  'a widget of wrong types': [
    ['publish', 'comm_open', { comm_id: 'w', target_name: 'jupyter.widget', data: { state: 'no' } }],
  ],
  'a thousand levels of nesting': [
    ['frames', { content: `{"data": ${'['.repeat(1_000)}${']'.repeat(1_000)}}` }],
  ],
  'a hundred thousand levels of nesting': [
    ['frames', { content: `{"data": ${'['.repeat(100_000)}${']'.repeat(100_000)}}` }],
  ],
};

describe('a message with', () => {
  it.each(Object.entries(MALFORMED))('%s costs nothing else', async (_, steps) => {
    const { result, cells } = await executeChaos(kernels, [
      properly(['stream', 'before\n'], ...steps, ['publish', 'display_data', GOOD]),
      properly(['stream', 'then\n']),
    ]);
    expect(result).toMatchObject({ status: 'passed', cells: { total: 2, executed: 2 } });
    expect(cells[0]?.outputs.at(-1)).toMatchObject({ data: { 'text/plain': ['good'] } });
    if (!_.startsWith('a clear_output')) expect(textOf(cells[0])).toContain('before\n');
    expect(textOf(cells[1])).toBe('then\n');
  });
});

const GOOD = { data: { 'text/plain': 'good' }, metadata: {} };

describe('whether all output is there', () => {
  it('is known exactly when the kernel numbers its messages: so many are lost', async () => {
    const { result, metadata } = await executeChaos(kernels, [
      properly(['stream', 'a\n'], ['skip', 3], ['stream', 'b\n']),
      properly(['skip', 39], ['stream', 'c\n']),
    ]);
    expect(result).toMatchObject({ status: 'passed', output: { kind: 'lost', messages: 42 } });
    expect(metadata['parallel_notebooks']).toEqual({ output: { kind: 'lost', messages: 42 } });
  });

  it('is unknown when its message ids are no counters', async () => {
    const { result, cells } = await executeChaos(kernels, [properly(['stream', 'a\n'])], {
      env: new Map([['CHAOS_IDS', 'random']]),
    });
    expect(result).toMatchObject({ status: 'passed', output: { kind: 'unknown' }, warnings: [] });
    expect(textOf(cells[0])).toBe('a\n');
  });

  it('is known of a flood that ZeroMQ could not hold: what came and what is lost make up the whole', async () => {
    const { result, cells } = await executeChaos(kernels, [
      properly(['flood', 30_000], ['sleep', 3]),
      properly(['stream', 'then\n']),
    ]);
    expect(result.status).toBe('passed');
    const lost = result.output.kind === 'lost' ? result.output.messages : 0;
    expect((cells[0]?.outputs.length ?? 0) + lost).toBe(30_000);
    expect(textOf(cells[1])).toBe('then\n');
  });
});

describe('output that comes after its cell has ended', () => {
  it('is credited to that cell, not to the one that runs', async () => {
    const { result, cells } = await executeChaos(kernels, [
      properly(['after', 0.2, [['stream', 'late\n']]], ['stream', 'early\n']),
      [['busy'], ['stream', 'second\n'], ['reply', { status: 'ok' }], ['idle'], ['sleep', 1]],
      properly(['stream', 'third\n']),
    ]);
    expect(result).toMatchObject({ status: 'passed' });
    expect(cells.map(textOf)).toEqual(['early\nlate\n', 'second\n', 'third\n']);
  });
});
