import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { earlierRuns } from '../../src/adapters/earlier-runs.ts';
import { resultsText } from '../fakes/results-text.ts';
import { aBatch, aResult } from '../fakes/runs.ts';

const path = (): string => join(mkdtempSync(join(tmpdir(), 'earlier-')), 'results.json');

describe('what an earlier batch has left', () => {
  it('is how long its runs took and what memory they needed, of those that were executed', async () => {
    const file = path();
    const batch = aBatch([
      aResult({ name: 'a', durationMs: 1234, peakMemoryBytes: 5678 }),
      aResult({ name: 'b', peakMemoryBytes: undefined, status: 'failed' }),
      aResult({ name: 'c', status: 'skipped', startedAt: undefined, attempts: 0, durationMs: 0 }),
    ]);
    writeFileSync(file, resultsText(batch, { commit: undefined, workingDirectory: '/project' }));
    expect(await earlierRuns(file)).toEqual(
      new Map([
        ['a', { notebook: 'notebooks/explorer.ipynb', durationMs: 1234, peakMemoryBytes: 5678 }],
        ['b', { notebook: 'notebooks/explorer.ipynb', durationMs: 3200, peakMemoryBytes: undefined }],
      ]),
    );
  });

  it.each(['', '{"version": 1}', 'null', '{"version": 2, "runs": []}'])(
    'is nothing when the file says %j',
    async (text) => {
      const file = path();
      writeFileSync(file, text);
      expect(await earlierRuns(file)).toEqual(new Map());
    },
  );

  it('is nothing when there is no file', async () => {
    expect(await earlierRuns(path())).toEqual(new Map());
  });
});
