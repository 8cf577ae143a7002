import * as core from '@actions/core';
import type { Published } from './publish-batch.ts';

/** Sets the outputs of the step that say where everything is, and says it in the log. */
export function setPublishedOutputs({ artifact, reportUrl, commentUrl }: Published): void {
  const outputs = {
    'artifact-id': artifact?.id,
    'artifact-url': artifact?.url,
    'report-url': reportUrl,
    'comment-url': commentUrl,
  };
  for (const [name, value] of Object.entries(outputs)) {
    if (value === undefined) continue;
    core.setOutput(name, value);
    if (name.endsWith('-url')) core.info(`${name.replace('-url', '').padEnd(11)} ${value}`);
  }
}
