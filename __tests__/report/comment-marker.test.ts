import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { commentMarker, commentWriter, isOwnComment } from '../../src/report/comment-marker.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

test('a comment is known by its key and by no other, whatever the keys contain', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (key, other) => {
      const body = `${commentMarker(key, { number: 12, attempt: 3 })}\n\ntext`;
      expect(isOwnComment(body, key)).toBe(true);
      expect(isOwnComment(body, other)).toBe(key.toWellFormed() === other.toWellFormed());
      expect(body.slice(4).indexOf('--')).toBe(body.indexOf('-->') - 4);
      expect(commentWriter(body)).toEqual({ number: 12, attempt: 3 });
    }),
  );
});

test('a marker that stands elsewhere in a comment makes it nobody’s', () => {
  expect(isOwnComment(`text\n${commentMarker('key')}`, 'key')).toBe(false);
  expect(isOwnComment(` ${commentMarker('key')}`, 'key')).toBe(false);
  expect(commentWriter(`${commentMarker('key')}\n\n<!-- written by run 1.1 -->`)).toBeUndefined();
});

test('a comment whose lines GitHub has ended otherwise is known too', () => {
  const body = `${commentMarker('key', { number: 1, attempt: 2 })}\n\ntext`.replaceAll('\n', '\r\n');
  expect(isOwnComment(body, 'key')).toBe(true);
  expect(commentWriter(body)).toEqual({ number: 1, attempt: 2 });
});
