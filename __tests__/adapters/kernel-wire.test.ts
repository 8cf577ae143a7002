import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKernelMessage, V1_PROTOCOL } from '../../src/adapters/kernel-wire.ts';

const encoder = new TextEncoder();

/** The framing of jupyter_server: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html */
function frames(...parts: (string | Uint8Array)[]): ArrayBuffer {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const table = 8 * (bytes.length + 2);
  const offsets = bytes.reduce((sums, part) => [...sums, (sums.at(-1) ?? 0) + part.length], [table]);
  const data = new Uint8Array(offsets.at(-1) ?? 0);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(offsets.length), true);
  offsets.forEach((offset, at) => view.setBigUint64(8 * (at + 1), BigInt(offset), true));
  bytes.forEach((part, at) => data.set(part, offsets[at]));
  return data.buffer;
}

const header = '{"msg_id":"a_1_2","msg_type":"stream","date":"2026-01-01T00:00:00Z"}';

describe('reading a message of a kernel', () => {
  it('reads the binary framing, buffers included', () => {
    const data = frames(
      'iopub',
      header,
      '{"msg_id":"p"}',
      '{}',
      '{"name":"stdout","text":"hé"}',
      new Uint8Array([1, 2]),
    );
    expect([...readKernelMessage(data, V1_PROTOCOL)][0]).toEqual({
      channel: 'iopub',
      type: 'stream',
      id: 'a_1_2',
      parentId: 'p',
      date: '2026-01-01T00:00:00Z',
      content: { name: 'stdout', text: 'hé' },
      metadata: {},
      buffers: [new Uint8Array([1, 2])],
    });
  });

  it('reads the text framing of older servers', () => {
    const text = `{"channel":"shell","header":${header},"parent_header":{},"metadata":{},"content":{"status":"ok"}}`;
    expect([...readKernelMessage(text, '')][0]).toMatchObject({
      channel: 'shell',
      parentId: undefined,
      content: { status: 'ok' },
      buffers: [],
    });
  });

  it('repairs a message without metadata, parent or content', () => {
    const data = frames('iopub', header, 'null', 'null', 'null');
    expect([...readKernelMessage(data, V1_PROTOCOL)][0]).toMatchObject({
      parentId: undefined,
      metadata: {},
      content: {},
    });
  });

  it('keeps a float that JavaScript would print as an integer', () => {
    const data = frames('iopub', header, '{}', '{}', '{"data":{"application/json":1.0}}');
    const [message] = readKernelMessage(data, V1_PROTOCOL);
    expect(JSON.stringify(message?.content)).toBe('{"data":{"application/json":1.0}}');
  });

  it('reads a long stream in pieces, and as one message', () => {
    const text = 'a"é\\\n😀'.repeat(1_500_000);
    const data = frames('iopub', header, '{"msg_id":"p"}', '{}', JSON.stringify({ name: 'stderr', text }));
    const messages = [...readKernelMessage(data, V1_PROTOCOL)];
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.map(({ content }) => content['text'] as string).join('') === text).toBe(true);
    expect(new Set(messages.map(({ id, content }) => `${id} ${content['name'] as string}`))).toEqual(
      new Set(['a_1_2 stderr']),
    );
    expect(messages.map(({ continues }) => continues === true)).toEqual(messages.map((_, at) => at > 0));
  });

  it('does not read what is far beyond its limit', () => {
    const type = header.replace('stream', 'display_data');
    const png = { data: { 'image/png': 'x'.repeat(2_000_000) }, metadata: {} };
    const data = frames('iopub', type, '{"msg_id":"p"}', '{}', JSON.stringify(png));
    const [whole] = readKernelMessage(data, V1_PROTOCOL, { outputBytes: 1_000_000 });
    expect(whole?.content).toEqual(png); // that is for whoever knows what it is to cut
    const [notice] = readKernelMessage(data, V1_PROTOCOL, { outputBytes: 1_000 });
    expect(notice).toMatchObject({ overlong: true, type: 'display_data' });
    expect(JSON.stringify(notice?.content).length).toBeLessThan(1_000);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, text) => {
        for (const protocol of [V1_PROTOCOL, ''])
          Array.from(readKernelMessage(bytes.slice().buffer, protocol));
        Array.from(readKernelMessage(text, ''));
      }),
    );
  });
});
