import type { Place } from './model.ts';

/** One mistake in what the user wrote: where it is, what is wrong with which value, and the cure. */
export interface Problem extends Place {
  /** What is wrong, with the value, and what to write instead. */
  readonly message: string;
}

/** A mistake that its reader can mend: shown without a stack, exit status 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];

  constructor(message: string, options?: ErrorOptions & { problems?: readonly Problem[] }) {
    super(message, options);
    this.problems = options?.problems ?? [];
  }
}

/** The world around us failed (server, disk, network): exit status 3. */
export class InfrastructureError extends Error {
  override readonly name = 'InfrastructureError';
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
