import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { outputPath } from '../../src/plan/output-path.ts';
import { hostileText } from '../report/hostile-text.ts';
import { always } from './always.ts';

const OUT = '/project/out';
const PIECES = ['..', '.', '/', '\\', '{a}', '{b}', '{name}', '{output_label}', '{notebook_name}', '{{', '}}', '{', '}', '~', '$HOME', 'C:', 'CON', 'nul', '.ipynb', '%2e%2e', '\0', '\n', ' ', 'x', '\u202e', '/etc/passwd', '//', 'é', '\ud800']; // prettier-ignore
const DEVICES = ['CON', 'nul', 'aux.txt', 'COM1', 'lpt9.a.b', 'PRN '];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 10 }).map((parts) => parts.join(''));
const template = fc.oneof(
  pieces,
  pieces.map((text) => `${text}.ipynb`),
  fc
    .tuple(fc.constantFrom('x', 'é', '{a}', '{b}'), fc.nat(260))
    .map(([part, times]) => `${part.repeat(times)}.ipynb`),
  hostileText.map((text) => `${text}.ipynb`),
);
/** As long as nobody would write it, too: names of files end at 255 bytes. */
const text = fc
  .tuple(fc.oneof(pieces, hostileText, fc.constantFrom(...DEVICES)), fc.constantFrom(1, 1, 1, 30))
  .map(([short, times]) => short.repeat(times));

/** https://github.com/actions/toolkit/tree/main/packages/artifact and the names of Windows. */
const REFUSED_ELSEWHERE = /[":<>|*?\\\p{Cc}]/u;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;

test('whatever stands in a template, in labels, names and values, the path stays in the output folder, or is refused', async () => {
  await always(
    fc.property(template, text, text, text, text, (written, a, b, name, label) => {
      const { outputPath: target, mistakes } = outputPath({
        template: written,
        outputDir: OUT,
        values: new Map<string, Value>([
          ['a', a],
          ['b', [b, 1n, null]],
        ]),
        own: { notebook_name: name, output_label: label, name },
      });
      if (mistakes.length > 0) return;
      const inside = path.relative(OUT, target);
      expect(inside.split(path.sep)).not.toContain('..');
      expect(target.startsWith(`${OUT}${path.sep}`)).toBe(true);
      expect(target.endsWith('.ipynb')).toBe(true);
      expect(inside).not.toMatch(REFUSED_ELSEWHERE);
      for (const segment of inside.split(path.sep))
        expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(230);
    }),
    { numRuns: 2_000 },
  );
});

test('a value that is filled in makes one segment that every system takes', async () => {
  await always(
    fc.property(text, fc.constantFrom('a', 'notebook_name', 'output_label', 'name'), (value, filled) => {
      const { outputPath: target, mistakes } = outputPath({
        template: `{${filled}}/x.ipynb`,
        outputDir: OUT,
        values: new Map([['a', value]]),
        own: { notebook_name: value, output_label: value, name: value },
      });
      expect(mistakes).toEqual([]);
      const [segment = '', ...others] = path.relative(OUT, target).split(path.sep);
      expect(others).toEqual(['x.ipynb']);
      expect(segment).not.toMatch(DEVICE);
      expect(segment).not.toMatch(/^[. ]|[. ]$/);
    }),
    { numRuns: 1_000 },
  );
});
