import { defineConfig } from '@playwright/test'
import { browserLaunch } from './tests/support/browser.ts'

/** The browser tests run against one seeded product with last month billed; tests/support/browser-global-setup.ts starts and ends it. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/support/browser-global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    launchOptions: await browserLaunch(),
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
