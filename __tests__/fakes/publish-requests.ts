import type { PublishRequest } from '../../src/model.ts';

/** What is asked about publishing when nothing is said. */
export function aPublishRequest(overrides: Partial<PublishRequest> = {}): PublishRequest {
  return {
    artifactName: 'notebooks',
    retentionDays: undefined,
    compressionLevel: 6,
    upload: 'always',
    report: true,
    comment: 'auto',
    commentKey: undefined,
    commentLive: false,
    summary: true,
    annotations: true,
    errors: 'warn',
    redactEnv: [],
    githubToken: undefined,
    ...overrides,
  };
}
