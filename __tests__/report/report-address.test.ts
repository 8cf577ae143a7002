import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportAddress } from '../../src/report/report-address.ts';
import { parseRoute, runAddress } from '../../src/viewer/route.ts';

test('the viewer finds every run and cell by the address that a comment has', () => {
  const cell = fc.oneof(fc.nat(), fc.constant('failed' as const));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.option(cell, { nil: undefined }), (name, key) => {
      const written = key === undefined ? undefined : String(key);
      expect(reportAddress(name, key)).toBe(runAddress(name, written));
      expect(parseRoute(reportAddress(name, key))).toEqual({ view: 'run', name, cell: written });
      // Nothing in it ends a Markdown link, or an attribute.
      expect(reportAddress(name, key)).toMatch(/^#[\w.*+&=%-]*$/);
    }),
  );
});
