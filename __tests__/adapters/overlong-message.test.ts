import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOverlong, streamPieces } from '../../src/adapters/overlong-message.ts';

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function asEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const long = 'x'.repeat(300_000);

describe('a content that is too long to be read', () => {
  it('is cut into pieces of a stream that make up the whole, whatever characters they are cut through', () => {
    const character = fc.constantFrom('a', 'é', '€', '😀', '\n', '"', '\\', '\u001B', '\u0007');
    const text = fc.array(character, { minLength: 1, maxLength: 300 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 12, max: 50 }),
        (whole, last, ascii, size) => {
          const content = last ? { text: whole, name: 'stderr' } : { name: 'stderr', text: whole };
          const json = JSON.stringify(content);
          const escaped = ascii ? json.replace(/[^\x20-\x7e]/g, asEscape) : json;
          const pieces = [...(streamPieces(new TextEncoder().encode(escaped), size) ?? [])];
          expect(pieces.map(({ text: piece }) => piece as string).join('')).toBe(whole);
          expect(pieces.every(({ name }) => name === 'stderr')).toBe(true);
          expect(pieces.length).toBeGreaterThanOrEqual(Math.floor((escaped.length - 60) / size));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('that is no stream, or no JSON, makes no pieces, or shows what it is', () => {
    const pieces = (json: string): unknown =>
      [...(streamPieces(new TextEncoder().encode(json), 12) ?? [])]
        .map(({ text }) => text as string)
        .join('');
    expect(streamPieces(bytes({ name: 'stdout' }), 12)).toBeUndefined();
    expect(streamPieces(new TextEncoder().encode('{"text": "never ends'), 12)).toBeUndefined();
    expect(pieces('{"text": "a wrong \\q escape"}')).toContain('escape');
  });

  it('says which display it was, and what can still be updated', () => {
    const content = {
      data: { 'image/png': long },
      metadata: {},
      transient: { display_id: 'd1' },
      execution_count: 7,
    };
    expect(readOverlong('execute_result', bytes(content))).toEqual({
      data: { 'text/plain': '[image/png of 300.1 kB left out here: more than output-limit allows]' },
      metadata: {},
      execution_count: 7,
      transient: { display_id: 'd1' },
    });
  });

  it.each([
    ['ok', { status: 'ok', execution_count: 1, payload: [long] }],
    ['error', { status: 'error', traceback: [long], ename: 'Boom', evalue: '' }],
    ['error', { traceback: [long], ename: 'Boom', evalue: '', status: 'error' }],
    ['error', { status: 'error', traceback: [long], ename: 'Boom', evalue: long }],
    ['aborted', { status: 'aborted', why: long }],
    ['error', { payload: [long] }],
  ])('keeps the status "%s" of an answer; one that cannot be found is an error', (status, content) => {
    expect(readOverlong('execute_reply', bytes(content))).toMatchObject({
      status,
      ename: 'ename' in content ? 'Boom' : 'Error',
    });
  });
});
