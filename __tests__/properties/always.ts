import fc from 'fast-check';

/**
 * Holds a property in a fixed number of cases, or, in a fuzz run (`npm run fuzz`), in as many as there is time for: with
 * FUZZ_SEED, for FUZZ_MS.
 */
export async function always<T>(
  property: fc.IRawProperty<T>,
  { numRuns = 200 }: { readonly numRuns?: number } = {},
): Promise<void> {
  const { FUZZ_SEED: seed, FUZZ_MS: ms } = process.env;
  if (ms === undefined) {
    await fc.assert(property, { numRuns });
    return;
  }
  const untilTheTimeIsOver = fc.interruptAfterTimeLimit(Number(ms)) as fc.Plugin<T>;
  await fc.assert(property, { seed: Number(seed), numRuns: 2 ** 31 - 1, plugins: [untilTheTimeIsOver] });
}
