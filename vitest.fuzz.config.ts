import { defineConfig } from 'vitest/config';

/** The properties, for as long as scripts/fuzz.ts says. */
export default defineConfig({
  test: {
    include: ['__tests__/**/*.properties.test.ts'],
    globalSetup: ['__tests__/python-environment.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
