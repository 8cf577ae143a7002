import { describe, expect, it } from 'vitest';
import { flood, megabytes, MOST_MEMORY, noticeIn } from './flood.ts';
import { observe } from './observed.ts';

describe('a notebook that says too much', () => {
  it('E10 for ever is stopped at its limit, and memory stays bounded', async (test) => {
    const seen = await flood(['while True: print("x" * 1000)'], { run: { cell_timeout: 10 } });
    expect(seen).toMatchObject({ status: 'timed-out', output: { kind: 'truncated' } });
    expect(seen.peakBytes).toBeLessThan(MOST_MEMORY);
    expect(seen.fileBytes).toBeLessThan(12e6);
    observe(
      test,
      `timed-out, truncated to ${megabytes(seen.fileBytes)}; at most ${megabytes(seen.peakBytes)}`,
    );
  });

  it('E11 in 500 MB of stream keeps head and tail, says what is left out, and goes on', async (test) => {
    const seen = await flood(['for _ in range(500): print("x" * 999_999)', 'print("next")']);
    expect(seen).toMatchObject({ status: 'passed', output: { kind: 'truncated' } });
    expect(noticeIn(seen)).toMatch(/^\[49\d(\.\d)? MB of output left out here/);
    expect(JSON.stringify(seen.cells[1]?.outputs)).toContain('next');
    expect(seen.peakBytes).toBeLessThan(MOST_MEMORY);
    observe(test, `passed, truncated to ${megabytes(seen.fileBytes)}; at most ${megabytes(seen.peakBytes)}`);
  });

  it('E12 in one image of 100 MB has a notice in its place', async (test) => {
    const seen = await flood(['display({"image/png": "A" * 100_000_000}, raw=True)', 'print("next")']);
    expect(seen).toMatchObject({ status: 'passed', output: { kind: 'truncated' } });
    expect(noticeIn(seen)).toContain('image/png of 100 MB left out here');
    expect(JSON.stringify(seen.cells[1]?.outputs)).toContain('next');
    observe(test, `passed, a notice with type and size; at most ${megabytes(seen.peakBytes)}`);
  });

  it('E13 in one message of 560 MB has a notice in its place', async (test) => {
    const seen = await flood(['display({"text/html": "z" * 560_000_000}, raw=True)', 'print("next")']);
    expect(seen).toMatchObject({ status: 'passed', output: { kind: 'truncated' } });
    expect(noticeIn(seen)).toContain('text/html of 560 MB left out here');
    expect(JSON.stringify(seen.cells[1]?.outputs)).toContain('next');
    expect(seen.peakBytes).toBeLessThan(MOST_MEMORY);
    observe(test, `passed, a notice with type and size; at most ${megabytes(seen.peakBytes)}`);
  });
});
