import { defineConfig } from 'vitest/config';

const report = process.env['VITEST_JSON'];

/** The example workflows, executed by nektos/act: `npm run test:act`. */
export default defineConfig({
  test: {
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    include: ['__tests__/act/**/*.test.ts'],
    globalSetup: ['__tests__/python-environment.ts', '__tests__/act/build-act.ts'],
    testTimeout: 300_000,
    // Each executes a whole workflow, with as many kernels as there are CPUs.
    maxWorkers: 1,
  },
});
