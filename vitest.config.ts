import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: ['__tests__/adapters/**', '__tests__/e2e/**'],
        },
      },
      {
        // Real Jupyter servers and kernels, in the tests' own Python environment.
        test: {
          name: 'kernels',
          include: ['__tests__/adapters/**/*.test.ts', '__tests__/e2e/**/*.test.ts'],
          globalSetup: ['__tests__/python-environment.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
