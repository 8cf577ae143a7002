import type { Case, Size } from './cases.ts';
import type { ContenderId } from './contenders.ts';

export interface Step {
  readonly case: Case;
  readonly contender: ContenderId;
  readonly size: Size;
}

/**
 * What to measure, in order: the contenders of a case alternate, so that whatever else the machine does, and its
 * temperature, meets all of them.
 */
export function schedule(
  cases: readonly Case[],
  options: {
    readonly contenders?: readonly ContenderId[] | undefined;
    readonly repeat?: number | undefined;
    readonly runs?: number | undefined;
  } = {},
): Step[] {
  return cases.flatMap((one) => {
    const sized = (Object.entries(one.sizes) as [ContenderId, Size][])
      .filter(([contender]) => options.contenders?.includes(contender) ?? true)
      .map(([contender, size]) => ({
        contender,
        size: {
          ...size,
          repeat: options.repeat ?? size.repeat,
          runs: one.cells === 'example' || size.runs === 1 ? size.runs : (options.runs ?? size.runs),
        },
      }));
    const rounds = Math.max(...sized.map(({ size }) => size.repeat), 0);
    return Array.from({ length: rounds }, (_, round) =>
      sized
        .filter(({ size }) => round < size.repeat)
        .map(({ contender, size }) => ({ case: one, contender, size })),
    ).flat();
  });
}
