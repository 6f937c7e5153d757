import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const quiet = 'tests/support/no-console-noise.ts'

/** `unit` is pure or talks to emulators; `database` gives each file a PostgreSQL database of its own and runs as the runtime role. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['app/**/*.test.{ts,tsx}', 'emails/**/*.test.{ts,tsx}', 'tests/contract/**/*.test.ts'],
          setupFiles: [quiet],
          // Nothing here keeps anything: files share what they import, and start in half the time.
          isolate: false,
          sequence: { groupOrder: 0 },
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['integration', 'isolation', 'scenarios', 'faults'].map((folder) => `tests/${folder}/**/*.test.ts`),
          globalSetup: ['tests/support/postgres-global-setup.ts'],
          setupFiles: [quiet, 'tests/support/worker-database.ts'],
          isolate: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
    ],
  },
})
