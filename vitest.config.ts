import { defineConfig } from 'vitest/config';

/** A file for the numbers of a run, which the gate adds up. */
const report = process.env['VITEST_JSON'];

export default defineConfig({
  test: {
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 60_000, // properties take seconds, and many times that on a busy machine
          include: ['__tests__/**/*.test.ts'],
          exclude: [
            '__tests__/adapters/**',
            '__tests__/kernels/**',
            '__tests__/e2e/**',
            '__tests__/oracle/**',
            '__tests__/chaos/**',
            '__tests__/act/**',
          ],
        },
      },
      {
        // Real Jupyter servers and kernels, in the tests' own Python environment.
        test: {
          name: 'kernels',
          include: ['__tests__/{adapters,kernels,e2e,oracle}/**/*.test.ts'],
          globalSetup: ['__tests__/python-environment.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 4, // two leave two cores idle for a third of the time
          // After the unit tests: two groups with workers of their own cannot run at the same time.
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Faults that take time, memory or root: `npm run chaos`.
        test: {
          name: 'chaos',
          include: ['__tests__/chaos/**/*.test.ts'],
          exclude: ['__tests__/chaos/**/*.alone.test.ts'],
          globalSetup: ['__tests__/python-environment.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Faults whose traces any other batch of the machine would remove.
        test: {
          name: 'chaos-alone',
          include: ['__tests__/chaos/**/*.alone.test.ts'],
          globalSetup: ['__tests__/python-environment.ts'],
          testTimeout: 300_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
