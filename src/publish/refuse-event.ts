import { UserError } from '../errors.ts';
import type { WorkflowEvent } from './workflow-event.ts';

const SAFE_WAY =
  'Run the notebooks in a workflow "on: pull_request", where a fork\'s code gets no secrets, and comment from a second one: docs/github.md, "Forks".';

/** Throws UserError for an event in which a stranger's notebooks would be executed with a token that may write. */
export function refuseEvent(event: WorkflowEvent): void {
  if (event.name === 'pull_request_target') {
    throw new UserError(
      `This workflow runs on pull_request_target, where the notebooks of a pull request would run with the repository's secrets and a token that may write. Nothing was run. ${SAFE_WAY}`,
    );
  }
  if (event.name === 'workflow_run' && event.reported?.fromFork === true) {
    throw new UserError(
      `This workflow runs after one of a fork, with the repository's secrets and a token that may write. Nothing was run. To comment on the fork's pull request, use the action in the folder "report". ${SAFE_WAY}`,
    );
  }
}
