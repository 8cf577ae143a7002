import { InfrastructureError, messageOf, UserError } from './errors.ts';
import { formatProblems } from './inputs/format-problems.ts';

/** The exit status of `work`; what it throws is told in the words that suit its reader. */
export async function tellFailures(
  tell: (text: string) => void,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) {
      tell(error.problems.length > 0 ? formatProblems(error.problems) : error.message);
      return 2;
    }
    if (error instanceof InfrastructureError) {
      tell(error.message);
      return 3;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    tell(`Internal error, please report it:\n${stack}`);
    return 3;
  }
}
