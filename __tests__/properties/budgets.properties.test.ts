import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { RunResult, RunStatus } from '../../src/model.ts';
import { annotations } from '../../src/report/annotations.ts';
import { commentBody } from '../../src/report/comment-body.ts';
import { fit } from '../../src/report/fit.ts';
import { summaryBody } from '../../src/report/summary-body.ts';
import { aBatch, aResult, aRun, anError } from '../fakes/runs.ts';
import { aDigest, SOME_LINKS } from '../report/digests.ts';
import { hostileText } from '../report/hostile-text.ts';
import { always } from './always.ts';

vi.setConfig({ testTimeout: 240_000 });

const long = fc
  .tuple(hostileText, fc.constantFrom(1, 10, 1_000))
  .map(([text, times]) => text.repeat(times).slice(0, 20_000));
const size = fc.constantFrom(1, 3, 40, 400);
const status = fc.constantFrom<RunStatus>(
  'passed',
  'failed',
  'timed-out',
  'kernel-died',
  'skipped',
  'cancelled',
);

const batch = fc.record({ texts: fc.array(long, { minLength: 6, maxLength: 6 }), size, statuses: fc.array(status, { minLength: 1 }) }).map(
  ({ texts, size: count, statuses }) =>
    Array.from({ length: count }, (_, index): RunResult => {
      const text = (at: number): string => texts[at] ?? '';
      const name = `${text(0)}${index}`;
      const error = anError({ ename: text(1), evalue: `${text(2)}${index}`, traceback: text(3), file: text(4) });
      const kind = statuses[index % statuses.length] ?? 'passed';
      return aResult({
        run: aRun({ name, notebook: text(4), parameters: new Map([[text(5), index]]), varies: [text(5)] }),
        status: kind,
        error: kind === 'passed' ? undefined : error,
        warnings: [text(2), text(3)],
      });
    }),
); // prettier-ignore

test('whatever a batch says, comment, summary and annotations keep within what GitHub takes', async () => {
  await always(
    fc.asyncProperty(batch, async (results) => {
      const digest = await aDigest(results);
      const comment = commentBody({ digest, links: SOME_LINKS, key: 'k' });
      expect(comment.length).toBeLessThanOrEqual(60_000);
      expect(Buffer.byteLength(summaryBody({ digest, links: SOME_LINKS }))).toBeLessThanOrEqual(1024 * 1024);
      const told = annotations(aBatch(results), { repository: '/project' });
      for (const level of ['error', 'warning'] as const) {
        expect(told.filter((each) => each.level === level).length).toBeLessThanOrEqual(10);
      }
      for (const { message, title } of told) {
        expect(message.length).toBeLessThanOrEqual(4_096);
        expect(title.length).toBeLessThanOrEqual(255);
      }
    }),
    { numRuns: 15 },
  );
});

test('a ladder gives the first rendering that keeps the limit, and asks for no other behind it', async () => {
  const rungs = fc.array(fc.nat(50), { minLength: 1, maxLength: 8 });
  await always(
    fc.property(rungs, fc.nat(50), (sizes, limit) => {
      const asked: number[] = [];
      const ladder = sizes.map((length, rung) => () => {
        asked.push(rung);
        return 'x'.repeat(length);
      });
      const measure = { limit, size: (text: string) => text.length };
      const first = sizes.findIndex((length) => length <= limit);
      if (first < 0) expect(() => fit(ladder, measure)).toThrow('larger than');
      else expect(fit(ladder, measure)).toHaveLength(sizes[first] ?? 0);
      expect(asked).toEqual(sizes.slice(0, first < 0 ? sizes.length : first + 1).map((_, rung) => rung));
    }),
  );
});
