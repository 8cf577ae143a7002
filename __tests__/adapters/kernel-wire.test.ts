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
    expect(readKernelMessage(data, V1_PROTOCOL)).toEqual({
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
    expect(readKernelMessage(text, '')).toMatchObject({
      channel: 'shell',
      parentId: undefined,
      content: { status: 'ok' },
      buffers: [],
    });
  });

  it('repairs a message without metadata, parent or content', () => {
    const data = frames('iopub', header, 'null', 'null', 'null');
    expect(readKernelMessage(data, V1_PROTOCOL)).toMatchObject({
      parentId: undefined,
      metadata: {},
      content: {},
    });
  });

  it('keeps a float that JavaScript would print as an integer', () => {
    const data = frames('iopub', header, '{}', '{}', '{"data":{"application/json":1.0}}');
    const message = readKernelMessage(data, V1_PROTOCOL);
    expect(JSON.stringify(message?.content)).toBe('{"data":{"application/json":1.0}}');
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, text) => {
        readKernelMessage(bytes.slice().buffer, V1_PROTOCOL);
        readKernelMessage(bytes.slice().buffer, '');
        readKernelMessage(text, '');
      }),
    );
  });
});
