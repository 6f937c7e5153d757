import { defineConfig } from 'vitest/config'

const database = [
  'tests/integration/**/*.test.ts',
  'tests/isolation/**/*.test.ts',
  'tests/scenarios/**/*.test.ts',
  'tests/faults/**/*.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['app/**/*.test.{ts,tsx}', 'emails/**/*.test.{ts,tsx}', 'tests/contract/**/*.test.ts'],
          setupFiles: ['tests/support/no-console-noise.ts'],
        },
      },
      {
        test: {
          name: 'database',
          include: database,
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          setupFiles: ['tests/support/no-console-noise.ts', 'tests/support/worker-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: true,
        },
      },
    ],
  },
})
