import type { PublishRequest } from '../model.ts';
import { INPUTS } from './input-definitions.ts';
import { type InputValues, parseInputs } from './parse-inputs.ts';
import { readActionInputs } from './read-action-inputs.ts';

/** What was asked about publishing. Where an input is wrong, which is told elsewhere, its default counts. */
export function publishRequest(inputs: InputValues): PublishRequest {
  const token = inputs['github-token'];
  return {
    artifactName: inputs['artifact-name'] ?? INPUTS['artifact-name'].default,
    retentionDays: inputs['retention-days'],
    compressionLevel: inputs['compression-level'] ?? Number(INPUTS['compression-level'].default),
    upload: inputs.upload ?? 'always',
    report: inputs.report ?? true,
    comment: inputs.comment ?? 'auto',
    commentKey: inputs['comment-key'],
    commentLive: inputs['comment-live'] ?? false,
    summary: inputs.summary ?? true,
    annotations: inputs.annotations ?? true,
    errors: inputs['publish-errors'] ?? 'warn',
    redactEnv: inputs['redact-env'] ?? [],
    // The runner fills the expression in; elsewhere it stays one.
    githubToken: token === INPUTS['github-token'].default ? undefined : token,
  };
}

/** The same from the variables of a step whose other inputs are of no concern: they were checked by another. */
export function readPublishRequest(env: Readonly<Record<string, string | undefined>>): PublishRequest {
  return publishRequest(parseInputs(readActionInputs(env), () => undefined));
}
