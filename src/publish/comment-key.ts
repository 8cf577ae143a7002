import type { WorkflowEvent } from './workflow-event.ts';

/** What tells our comments on a pull request apart: the key that was given, else the workflow and its job. */
export function commentKeyOf({ workflow, job }: WorkflowEvent, given: string | undefined): string {
  return given ?? `${workflow}/${job}`;
}
