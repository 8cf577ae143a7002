import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKernelMessage, V1_PROTOCOL } from '../../src/adapters/kernel-wire.ts';
import { MessageParts } from '../../src/adapters/message-parts.ts';
import type { OutputLimits } from '../../src/notebook/output-limits.ts';
import type { KernelMessage } from '../../src/notebook/types.ts';

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

/** As python/batch_connection.py sends a long content. */
function inParts(type: string, content: Uint8Array, size: number): ArrayBuffer[] {
  return Array.from({ length: Math.ceil(content.length / size) }, (_, index) => {
    const part = content.subarray(index * size, (index + 1) * size);
    const isLast = (index + 1) * size >= content.length;
    const place = new DataView(new ArrayBuffer(16));
    place.setBigUint64(0, BigInt(index * size), true);
    place.setBigUint64(8, BigInt(content.length), true);
    const buffers = isLast ? [new Uint8Array([7])] : [];
    const typed = header.replace('stream', type);
    return frames(
      'iopub/part',
      typed,
      '{"msg_id":"p"}',
      '{}',
      part,
      ...buffers,
      new Uint8Array(place.buffer),
    );
  });
}

function readParts(messages: readonly ArrayBuffer[], limits: OutputLimits = {}): KernelMessage[] {
  const parts = new MessageParts(limits);
  return messages.flatMap((data) => [...readKernelMessage(data, V1_PROTOCOL, limits, parts)]);
}

function asEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
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
    expect(messages.map(({ uncounted }) => uncounted === true)).toEqual(messages.map((_, at) => at > 0));
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

  it('reads what our server sends in parts as if it had come whole', () => {
    const contents = fc.oneof(
      fc.record({
        name: fc.constantFrom('stdout', 'stderr'),
        text: fc.string({ unit: 'binary', minLength: 1 }),
      }),
      fc.record({ text: fc.string({ minLength: 1 }), name: fc.constant('stderr') }),
      fc.record({
        data: fc.dictionary(fc.string(), fc.string()),
        metadata: fc.dictionary(fc.string(), fc.integer()),
      }),
    );
    fc.assert(
      fc.property(contents, fc.integer({ min: 40, max: 90 }), fc.boolean(), (content, size, ascii) => {
        const type = 'text' in content ? 'stream' : 'display_data';
        const json = ascii
          ? JSON.stringify(content).replace(/[^\x20-\x7e]/g, asEscape)
          : JSON.stringify(content);
        const messages = readParts(inParts(type, encoder.encode(json), size));
        const [last] = messages.slice(-1);
        expect(messages.filter(({ uncounted }) => uncounted !== true)).toEqual([last]);
        expect(last?.buffers).toEqual([new Uint8Array([7])]);
        expect(last).toMatchObject({ channel: 'iopub', type, id: 'a_1_2', parentId: 'p' });
        if (type === 'display_data') expect(JSON.stringify(last?.content)).toBe(JSON.stringify(content));
        else
          expect({
            name: [...new Set(messages.map((message) => message.content['name']))],
            text: messages.map((message) => message.content['text'] as string).join(''),
          }).toEqual({ ...content, name: [(content as { name: string }).name] });
      }),
    );
  });

  it('keeps of what is sent in parts, and is beyond its limit, no more than the ends', () => {
    const png = {
      data: { 'image/png': 'x'.repeat(2_000_000) },
      metadata: {},
      transient: { display_id: 'd' },
    };
    const parts = inParts('display_data', encoder.encode(JSON.stringify(png)), 300_000);
    const [notice, ...more] = readParts(parts, { outputBytes: 1_000 });
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ overlong: true, content: { transient: { display_id: 'd' } } });
    expect(JSON.stringify(notice?.content)).toContain('image/png of 2 MB left out here');
    expect(readParts(parts, { outputBytes: 1_000_000 })[0]?.content).toEqual(png);
  });

  it('keeps of an error that is sent in parts, and is beyond its limit, whose it is', () => {
    const error = { traceback: ['x'.repeat(2_000_000)], ename: 'Boom', evalue: '' };
    const parts = inParts('error', encoder.encode(JSON.stringify(error)), 300_000);
    const [notice, ...more] = readParts(parts, { outputBytes: 1_000 });
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ overlong: true, content: { ename: 'Boom', traceback: [] } });
    expect(readParts(parts)[0]?.content).toEqual(error);
  });

  it('knows that a message whose parts did not all come is not there', () => {
    const content = encoder.encode(JSON.stringify({ name: 'stdout', text: 'x'.repeat(1_000) }));
    const parts = inParts('stream', content, 300);
    const counted = (some: ArrayBuffer[]): number =>
      readParts(some).filter(({ uncounted }) => uncounted !== true).length;
    expect(parts.length).toBe(4);
    expect(counted(parts)).toBe(1);
    expect(counted(parts.slice(0, 3))).toBe(0);
    expect(counted([...parts.slice(0, 1), ...parts.slice(2)])).toBe(0);
    expect(counted(parts.slice(1))).toBe(0);
    expect(counted([...parts.slice(0, 2), ...parts])).toBe(1);
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
