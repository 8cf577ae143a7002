/** Batches as the report sees them. */
import type { BatchResult, RunResult } from '../../src/model.ts';
import type { Notebook } from '../../src/notebook/types.ts';
import { digestBatch } from '../../src/report/digest-batch.ts';
import type { BatchDigest, Links } from '../../src/report/publication.ts';
import { redactor } from '../../src/report/redact.ts';
import { aBatch } from '../fakes/runs.ts';

const SITE = 'https://github.com/octocat/notebooks';

export const SOME_LINKS: Links = {
  runUrl: `${SITE}/actions/runs/1`,
  artifactUrl: `${SITE}/actions/runs/1/artifacts/2`,
  reportUrl: `${SITE}/actions/runs/1/artifacts/3`,
  commitUrl: `${SITE}/commit/4f2c9d1e8a7b`,
  blobUrl: `${SITE}/blob/4f2c9d1e8a7b`,
  ofRun: ({ outputLabel }) =>
    `${SITE}/actions/runs/1/artifacts/3#${encodeURIComponent(outputLabel.toWellFormed())}`,
};

/** A batch of the project in `/project`; notebooks by the name of their run. */
export async function aDigest(
  results: readonly RunResult[],
  options: {
    readonly notebooks?: Readonly<Record<string, Notebook>>;
    readonly batch?: Partial<BatchResult>;
    readonly secrets?: readonly string[];
  } = {},
): Promise<BatchDigest> {
  const { notebooks = {}, batch = {}, secrets = [] } = options;
  return await digestBatch({
    batch: aBatch(results, batch),
    commit: '4f2c9d1e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d',
    repository: '/project',
    redact: redactor(secrets),
    executedNotebook: ({ run }) => Promise.resolve(notebooks[run.name]),
  });
}
